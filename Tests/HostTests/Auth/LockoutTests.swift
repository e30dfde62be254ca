import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `A lock after failed sign-ins` {
    private static let nobody = AccountName(kind: .email, text: "nobody@lumen.example")

    @Test(arguments: [SignInDesk.samsMail, nobody])
    func `comes after five in a row, and is the same whether or not there is an account`(
        name: AccountName
    ) async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            // From another address each time: the name counts.
            var seen: [String] = []
            for number in 0..<8 {
                let origin = SignInDesk.origin(address: "192.0.2.\(number)")
                let refused = try await problem {
                    _ = try await portal.auth.signIn(
                        PasswordProof(name: name, password: SignInDesk.wrong), at: "surgery", roles: ["STAFF"],
                        origin: origin)
                }
                seen.append("\(refused?.status ?? 0)")
            }
            #expect(seen == ["401", "401", "401", "401", "401", "423", "423", "423"])
            #expect(try await portal.verdict(SignInDesk.wrong, name, after: .seconds(1)) == "423 59")
        }
    }

    @Test func `holds for the right password too, ends, and doubles to an hour`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            var now = Duration.zero
            for minutes in [1, 2, 4, 8, 16, 32, 60, 60] {
                for _ in 0..<5 { #expect(try await portal.verdict(after: now) == "401") }
                #expect(try await portal.verdict(SignInDesk.password, after: now) == "423 \(minutes * 60)")
                let last = now + .seconds(minutes * 60 - 1)
                #expect(try await portal.verdict(SignInDesk.password, after: last) == "423 1")
                // The end: four more failures do not lock again.
                now += .seconds(minutes * 60)
            }
            for _ in 0..<4 { #expect(try await portal.verdict(after: now) == "401") }
            #expect(try await portal.verdict(SignInDesk.password, after: now) == "200")
            // A success ends the row, and the next lock is a short one again.
            for _ in 0..<5 { #expect(try await portal.verdict(after: now) == "401") }
            #expect(try await portal.verdict(after: now) == "423 60")
        }
    }

    @Test func `does not come when the fifth try is the right one`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            for _ in 0..<4 { #expect(try await portal.verdict() == "401") }
            #expect(try await portal.verdict(SignInDesk.password) == "200")
            #expect(try await portal.verdict() == "401")
        }
    }

    @Test func `lets no more than five through, also at once`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await portal.verdict() } }
                return try await group.reduce(into: [:] as [String: Int]) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["401": 5, "423 60": 15])
        }
    }

    @Test func `by strangers does not keep out a known device, which has a count of its own`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            _ = try await portal.login(device: "phone")
            for _ in 0..<5 { #expect(try await portal.verdict() == "401") }
            #expect(try await portal.verdict(SignInDesk.password) == "423 60")
            #expect(try await portal.verdict(SignInDesk.password, device: "tablet") == "423 60", "an unknown device")
            #expect(try await portal.verdict(SignInDesk.password, device: "phone") == "200")
            #expect(try await portal.verdict(SignInDesk.password) == "423 60", "the strangers' lock stays")
            for _ in 0..<5 { #expect(try await portal.verdict(device: "phone") == "401") }
            #expect(try await portal.verdict(SignInDesk.password, device: "phone") == "423 60", "its own failures lock")
        }
    }

    @Test func `is for one name of one tenant`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            for _ in 0..<5 { _ = try await portal.verdict() }
            #expect(try await portal.verdict(SignInDesk.password) == "423 60")
            let other = try await SignInDesk("northgate")
            try await other.giveSamAPassword()
            #expect(try await other.verdict(SignInDesk.password) == "200")
            await other.close()
            #expect(try await portal.verdict(SignInDesk.wrong, Self.nobody) == "401")
        }
    }

    @Test func `outlives a restart`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            for _ in 0..<5 { _ = try await portal.verdict() }
            let again = try await portal.again()
            let refused = try await problem { _ = try await portal.login(by: again) }
            #expect(refused?.status == 423)
        }
    }

    @Test func `takes no more than so many rows, and drops those that lock nobody, the oldest first`() async throws {
        try await withPortal { portal in
            try await portal.host { host in
                for number in 0..<20 {
                    let tries = number == 3 ? 5 : 1
                    for _ in 0..<tries {
                        _ = try Lockout.begin(
                            [1, UInt8(number)], now: SignInDesk.start + .seconds(number), host)
                    }
                }
                try Lockout.drop(beyond: 10, now: SignInDesk.start + .seconds(20), host)
            }
            let kept = try await portal.host {
                try $0.values("SELECT subject FROM portico_sign_in_failure ORDER BY last_at", as: [UInt8].self)
            }
            #expect(kept.map { $0[1] } == [3, 11, 12, 13, 14, 15, 16, 17, 18, 19])
            let later = SignInDesk.start + Lockout.memory + .seconds(60)
            try await portal.host { try Lockout.trim(now: later, $0) }
            #expect(try await portal.count("portico_sign_in_failure") == 0)
        }
    }

    @Test func `remembers so many devices of a person and no more`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let sam = try await portal.sam()
            try await portal.host { host in
                for number in 0..<30 {
                    try KnownDevices.note([UInt8(number)], of: sam, now: SignInDesk.start + .seconds(number), host)
                }
            }
            #expect(try await portal.count("portico_known_device") == KnownDevices.capacity)
            #expect(try await portal.host { try KnownDevices.isKnown([29], to: sam, $0) })
            #expect(try await portal.host { try !KnownDevices.isKnown([9], to: sam, $0) })
            #expect(try await portal.host { try !KnownDevices.isKnown([29], to: nil, $0) })
        }
    }
}
