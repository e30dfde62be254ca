import Crypto
import Database
import Dispatch
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `Signing in by a password` {
    @Test func `makes a session of the role it is for, at its branch`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let answer = try await portal.login()
            #expect(answer.signedIn == SignedIn(person: try await portal.sam(), role: "STAFF", branch: "east"))
            #expect(answer.permissions == ["read:visits", "write:visits"] && answer.expiresIn == 900)
            let facts = try #require(try portal.caller(answer.accessToken).facts)
            #expect(facts.methods == ["pwd"])
            #expect(facts.principal(for: "surgery").reach(of: Surgery.run) == .branches(["east"]))
            let claims = try JSONDocument(
                try #require(Base64URL.decode(String(answer.accessToken.split(separator: ".")[1]))))
            #expect(claims.root.member("role")?.string == "STAFF")
            #expect(claims.root.member("email")?.string == "sam@lumen.example")
            #expect(claims.root.member("practiceId")?.string == "east")
            let renewed = try await portal.auth.refresh(answer.refreshToken, origin: SignInDesk.origin(.seconds(1)))
            let again = try JSONDocument(
                try #require(Base64URL.decode(String(renewed.accessToken.split(separator: ".")[1]))))
            #expect(again.root.member("email")?.string == "sam@lumen.example")
            #expect(again.root.member("practiceId")?.string == "east")
            #expect(
                try await portal.count("portico_password WHERE instr(CAST(hash AS TEXT), '$2b$') > 0") == 0,
                "the hash lies sealed")
        }
    }

    @Test func `finds people by their user name too, and in its place by their address`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            _ = try await portal.login(SignInDesk.password, AccountName(kind: .username, text: "sam.low"))
            _ = try await portal.login(SignInDesk.password, AccountName(kind: .username, text: "sam@lumen.example"))
            #expect(try await portal.verdict(SignInDesk.password, AccountName(kind: .email, text: "sam.low")) == "401")
        }
    }

    @Test func `refuses everybody alike, and does and stores the same for each`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let names = [
                SignInDesk.samsMail, AccountName(kind: .email, text: "nobody@lumen.example"),
                AccountName(kind: .email, text: ""), AccountName(kind: .email, text: "' OR 1=1 --"),
            ]
            for name in names {
                let refused = try await problem { _ = try await portal.login(SignInDesk.wrong, name) }
                #expect(refused == .tokenInvalid)
            }
            #expect(try await portal.count("portico_sign_in_failure WHERE failures = 1 AND locks = 0") == names.count)
            #expect(try await portal.count("portico_audit WHERE action = 'sign-in.refused'") == names.count)
            #expect(try await portal.count("portico_session") == 0)
        }
    }

    @Test func `takes passwords exactly as they are, and none that bcrypt would cut`() async throws {
        try await withPortal { portal in
            let long = "Aa1#" + String(repeating: "x", count: 68)
            try await portal.giveSamAPassword(long)
            #expect(try await portal.verdict(long + "y") == "401")
            #expect(try await portal.verdict(" " + long) == "401")
            #expect(try await portal.verdict("Aa1#\0" + long) == "401")
            #expect(try await portal.verdict(long) == "200")
        }
    }

    @Test func `refuses who has none of the roles, whose account is closed, and who has no password`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let role = try await problem { _ = try await portal.login(roles: ["ADMIN"]) }
            #expect(role == .tokenInvalid)
            let sam = try await portal.sam()
            try await portal.host { try People.setState(.suspended, of: sam, SignInDesk.origin(), $0) }
            #expect(try await portal.verdict(SignInDesk.password) == "401")
            try await portal.host { host in
                try People.setState(.active, of: sam, SignInDesk.origin(), host)
                try host.run("DELETE FROM portico_password")
            }
            #expect(try await portal.verdict(SignInDesk.password) == "401")
        }
    }

    @Test func `ends after 24 hours where it is not to be remembered`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let short = try await portal.login(remembered: false)
            let long = try await portal.login()
            let late = SignInDesk.origin(.seconds(86_400))
            #expect(
                try await problem { _ = try await portal.auth.refresh(short.refreshToken, origin: late) }
                    == .tokenInvalid)
            _ = try await portal.auth.refresh(long.refreshToken, origin: late)
        }
    }

    @Test func `is answered "full" while no hash can be computed, and such a try does not count`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let pool = WorkerPool(name: "hash", threads: 1, queueLimit: 1)
            let busy = try await portal.again(passwords: try PasswordHasher(pool: pool, cost: 4))
            // Its thread has work and another piece waits: there is a place for a try, and none in the queue.
            let gate = DispatchSemaphore(value: 0)
            for _ in 0..<2 {
                while (try? pool.submit(for: 7) { gate.wait() }) == nil { await Task.yield() }
            }
            for _ in 0..<7 {
                await #expect(throws: PoolFull.self) { try await portal.login(SignInDesk.wrong, by: busy) }
            }
            #expect(try await portal.count("portico_sign_in_failure WHERE failures = 0 AND locked_until IS NULL") == 1)
            #expect(try await portal.verdict(SignInDesk.password) == "200")
            gate.signal()
            gate.signal()
            await pool.close()
        }
    }

    @Test func `leaves no trace when there is no place for it`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let pool = WorkerPool(name: "hash", threads: 1, queueLimit: 4, perKeyLimit: 1)
            let hasher = try PasswordHasher(pool: pool, cost: 4)
            let busy = try await portal.again(passwords: hasher)
            for _ in 0..<2 { try hasher.enter(for: busy.lane) }
            let rows = try await portal.count("portico_audit")
            for _ in 0..<7 {
                await #expect(throws: PoolFull.self) { try await portal.login(SignInDesk.wrong, by: busy) }
            }
            #expect(try await portal.count("portico_sign_in_failure") == 0)
            #expect(try await portal.count("portico_audit") == rows)
            hasher.leave(for: busy.lane)
            // A place is left again by every try, right or wrong.
            for _ in 0..<4 {
                #expect(try await problem { _ = try await portal.login(SignInDesk.wrong, by: busy) } == .tokenInvalid)
            }
            for _ in 0..<4 { _ = try await portal.login(by: busy) }
        }
    }

    @Test func `renews a hash of another cost, without touching when the password was set`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let sam = try await portal.sam()
            let dearer = try PasswordHasher(pool: WorkerPool(name: "hash", threads: 1, queueLimit: 8), cost: 5)
            let auth = try await portal.again(passwords: dearer)
            _ = try await problem { _ = try await portal.login(SignInDesk.wrong, by: auth) }
            #expect(try await portal.host { try PasswordTable.hash(of: sam, $0)?.text.prefix(7) } == "$2b$04$")
            _ = try await portal.login(by: auth)
            #expect(try await portal.host { try PasswordTable.hash(of: sam, $0)?.text.prefix(7) } == "$2b$05$")
            _ = try await portal.login(by: auth)
            #expect(try await portal.host { try PasswordTable.setAt(of: sam, $0) } == SignInDesk.start)
        }
    }

    @Test func `is good for years, and nobody is asked to change it`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            for years in [1, 5, 20] { _ = try await portal.login(after: .seconds(years * 365 * 86_400)) }
        }
    }

    @Test func `is worth nothing at another tenant`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let other = try await SignInDesk("northgate")
            try await other.giveSamAPassword("Other#Passage-1")
            #expect(try await other.verdict(SignInDesk.password) == "401")
            let answer = try await portal.login()
            #expect(try other.caller(answer.accessToken).refusal == .tokenInvalid)
            await other.close()
        }
    }
}

@Suite struct `A second factor` {
    /// Agrees with a code, and asks for it where none is sent.
    struct Codes: SecondFactor {
        let right: String

        func verdict(
            on login: ProvenLogin, code: String?, _ origin: Origin, _ host: HostWriter
        ) throws -> SecondFactorVerdict {
            guard let code else {
                return .due(SecondFactorChallenge(token: login.person.rawValue, methods: ["totp"], expiresIn: 300))
            }
            return code == right ? .proven(["otp"]) : .wrong
        }
    }

    @Test func `sent along is part of the session, and a wrong one is a wrong sign-in`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            // The tenant's key is there before the second instance reads it.
            _ = try await portal.signIn()
            let auth = try await portal.again(secondFactor: Codes(right: "123456"))
            let answer = try await portal.login(code: "123456", by: auth)
            #expect(try portal.caller(answer.accessToken).facts?.methods == ["pwd", "otp"])
            let refused = try await problem { _ = try await portal.login(code: "000000", by: auth) }
            #expect(refused == .tokenInvalid)
            #expect(try await portal.count("portico_sign_in_failure WHERE failures = 1") == 1)
        }
    }

    @Test func `is asked for only after a right password, and the sign-in is completed later`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            // The tenant's key is there before the second instance reads it.
            _ = try await portal.signIn()
            let auth = try await portal.again(secondFactor: Codes(right: "123456"))
            let proof = PasswordProof(name: SignInDesk.samsMail, password: SignInDesk.password)
            let outcome = try await auth.signIn(
                proof, at: "surgery", roles: ["STAFF"], origin: SignInDesk.origin())
            guard case .secondFactorDue(let challenge) = outcome else {
                Issue.record("no challenge")
                return
            }
            #expect(challenge.methods == ["totp"])
            #expect(try await portal.count("portico_session WHERE methods <> 'sms'") == 0)
            #expect(try await portal.count("portico_sign_in_failure WHERE failures = 0") == 1)
            let wrong = try await problem { _ = try await portal.login(SignInDesk.wrong, by: auth) }
            #expect(wrong == .tokenInvalid)
            let sam = try await portal.sam()
            let login = ProvenLogin(
                person: sam, plugin: "surgery", role: "STAFF", isRemembered: true, passwordSetAt: SignInDesk.start,
                counter: PasswordProof.counter(SignInDesk.samsMail, portal.keys), device: nil)
            let answer = try await auth.complete(login, methods: ["pwd", "otp"], origin: SignInDesk.origin())
            #expect(try portal.caller(answer.accessToken).facts?.person == sam)
            #expect(try await portal.count("portico_sign_in_failure") == 0)
            // A password that was changed in between makes the first half worth nothing.
            let hash = try await portal.host { try PasswordTable.hash(of: sam, $0) }
            let set = try #require(hash)
            try await portal.host {
                try PasswordTable.set(set, of: sam, now: SignInDesk.start + .seconds(1), $0)
            }
            let late = try await problem {
                _ = try await auth.complete(login, methods: ["pwd", "otp"], origin: SignInDesk.origin())
            }
            #expect(late == .tokenInvalid)
        }
    }
}
