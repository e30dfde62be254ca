import Database
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `Signing in by a texted code` {
    @Test func `sends six digits in a message bound to the portal and signs their owner in`() async throws {
        try await withPortal { portal in
            let code = try await portal.code()
            #expect(code.count == 6 && code.allSatisfy(\.isNumber))
            let message = Sent.Message(
                channel: .sms, to: "+15550100001",
                body: "Lumen Clinic: \(code) is your code. It is valid for 5 minutes.\n\n@lumen.localhost #\(code)",
                expires: SignInDesk.start + .seconds(300))
            #expect(portal.sent.all == [message])
            let john = try #require(try await portal.person(SignInDesk.john))
            let answer = try await portal.verify(code)
            #expect(answer.person == john)
            #expect(answer.expiresIn == 900)
            let facts = try #require(try portal.caller(answer.accessToken).facts)
            #expect(facts.person == john && facts.methods == ["sms"])
            #expect(facts.principal(for: "surgery").reach(of: Surgery.read) == .own(john))
            #expect(try await portal.count("portico_identifier WHERE verified_at IS NOT NULL") == 1)
            #expect(try await portal.actions().last == "session.started")
            #expect(
                try await portal.count("portico_code WHERE instr(CAST(tag AS TEXT), \(code)) > 0") == 0,
                "the code itself is stored nowhere")
        }
    }

    @Test func `refuses wrong, unknown, expired and used codes alike`() async throws {
        try await withPortal { portal in
            let code = try await portal.code()
            let wrong = code == "000000" ? "000001" : "000000"
            #expect(try await problem { _ = try await portal.verify(wrong) } == .tokenInvalid)
            #expect(try await problem { _ = try await portal.verify("12345") } == .tokenInvalid)
            #expect(try await problem { _ = try await portal.verify(code, SignInDesk.nobody) } == .tokenInvalid)
            #expect(try await problem { _ = try await portal.verify(code, after: .seconds(300)) } == .tokenInvalid)
            _ = try await portal.verify(code, after: .seconds(299))
            #expect(try await problem { _ = try await portal.verify(code) } == .tokenInvalid)
        }
    }

    @Test func `takes five tries and no more, also at once`() async throws {
        try await withPortal { portal in
            let code = try await portal.code()
            let wrong = code == "000000" ? "000001" : "000000"
            let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<12 {
                    group.addTask { try await problem { _ = try await portal.verify(wrong) } == .tokenInvalid }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(refused == 12)
            #expect(try await portal.count("portico_code WHERE tries = 5") == 1)
            #expect(try await problem { _ = try await portal.verify(code) } == .tokenInvalid)
            #expect(try await portal.count("portico_audit WHERE action = 'sign-in.refused'") == 5)
        }
    }

    @Test func `lets the fifth try be the right one`() async throws {
        try await withPortal { portal in
            let code = try await portal.code()
            let wrong = code == "000000" ? "000001" : "000000"
            for _ in 0..<4 { #expect(try await problem { _ = try await portal.verify(wrong) } == .tokenInvalid) }
            #expect(try await portal.verify(code).expiresIn == 900)
        }
    }

    @Test func `gives one session for a code shown many times at once`() async throws {
        try await withPortal { portal in
            let code = try await portal.code()
            let signedIn = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await problem { _ = try await portal.verify(code) } == nil } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(signedIn == 1)
            #expect(try await portal.count("portico_session") == 1)
            #expect(try await portal.count("portico_refresh_token") == 1)
        }
    }

    @Test func `sends nothing when asked again within 30 seconds, and then a new code that alone is good`() async throws
    {
        try await withPortal { portal in
            let first = try await portal.code()
            _ = try await portal.code(after: .seconds(29))
            #expect(portal.sent.all.count == 1)
            let second = try await portal.code(after: .seconds(30))
            #expect(portal.sent.all.count == 2)
            if first != second {
                #expect(try await problem { _ = try await portal.verify(first, after: .seconds(31)) } == .tokenInvalid)
            }
            #expect(try await portal.verify(second, after: .seconds(31)).expiresIn == 900)
        }
    }

    @Test func `treats a phone nobody has like one that somebody has, but sends it nothing`() async throws {
        try await withPortal { portal in
            _ = try await portal.code(SignInDesk.john)
            _ = try await portal.code(SignInDesk.nobody)
            #expect(portal.sent.all.map(\.to) == [SignInDesk.john.text])
            let rows = try await portal.host { host in
                try host.all(
                    """
                    SELECT code.tries, code.sent_at, code.expires_at, length(code.tag),
                        (SELECT count(*) FROM portico_code_sending WHERE phone = code.phone)
                    FROM portico_code AS code
                    """, as: FiveNumbers.self)
            }
            #expect(rows.count == 2 && rows.first == rows.last)
            for phone in [SignInDesk.john, SignInDesk.nobody] {
                for _ in 0..<6 {
                    #expect(try await problem { _ = try await portal.verify("x", phone) } == .tokenInvalid)
                }
            }
            #expect(try await portal.count("portico_code WHERE tries = 5") == 2)
            #expect(try await portal.count("portico_audit WHERE action = 'sign-in.refused'") == 10)
        }
    }

    @Test func `sends at most 10 codes to a phone in an hour and 30 in a day`() async throws {
        try await withPortal { portal in
            for minute in 0..<20 { _ = try await portal.code(after: .seconds(minute * 60)) }
            #expect(portal.sent.all.count == 10)
            for hour in 1..<12 {
                for minute in 0..<5 { _ = try await portal.code(after: .seconds(hour * 3600 + minute * 60 + 1200)) }
            }
            #expect(portal.sent.all.count == 30)
            _ = try await portal.code(SignInDesk.staff, after: .seconds(13 * 3600))
            #expect(portal.sent.all.count == 31, "another phone has a budget of its own")
            _ = try await portal.code(after: .seconds(26 * 3600))
            #expect(portal.sent.all.count == 32)
        }
    }

    @Test func `makes an account where registration is open, with the role and the plugin's record`() async throws {
        try await withPortal { portal in
            let code = try await portal.code(SignInDesk.nobody, open: true)
            let answer = try await portal.verify(code, SignInDesk.nobody, open: true) { person, session in
                try HostWriter(session).run(
                    "UPDATE portico_person SET family_name = 'Enrolled' WHERE id = \(person)")
            }
            let person = try await portal.host { try People.person(answer.person, $0) }
            #expect(person?.familyName == "Enrolled" && person?.phone == SignInDesk.nobody)
            let facts = try #require(try portal.caller(answer.accessToken).facts)
            #expect(facts.principal(for: "surgery").reach(of: Surgery.read) == .own(answer.person))
            let actions = try await portal.actions().suffix(3)
            #expect(actions == ["person.added", "role.granted", "session.started"])
            #expect(try await portal.signIn(SignInDesk.nobody, after: .seconds(60)).person == answer.person)
        }
    }

    @Test func `leaves nothing behind when the plugin cannot make its record`() async throws {
        try await withPortal { portal in
            let code = try await portal.code(SignInDesk.nobody, open: true)
            let refused = Problem.conflict("FULL", "No more customers.")
            let answer = try await problem {
                _ = try await portal.verify(code, SignInDesk.nobody, open: true) { _, _ in throw refused }
            }
            #expect(answer == refused)
            #expect(try await portal.person(SignInDesk.nobody) == nil)
            #expect(try await portal.count("portico_session") == 0)
            #expect(
                try await portal.verify(code, SignInDesk.nobody, open: true).expiresIn == 900, "the code is not spent")
        }
    }

    @Test func `makes no account for a code that was asked for while registration was open`() async throws {
        try await withPortal { portal in
            let code = try await portal.code(SignInDesk.nobody, open: true)
            #expect(try await problem { _ = try await portal.verify(code, SignInDesk.nobody) } == .tokenInvalid)
            #expect(try await portal.person(SignInDesk.nobody) == nil)
        }
    }

    @Test func `never yields a staff role, and refuses a phone that has no other`() async throws {
        try await withPortal { portal in
            let code = try await portal.code(SignInDesk.staff)
            for isOpen in [false, true] {
                #expect(
                    try await problem { _ = try await portal.verify(code, SignInDesk.staff, open: isOpen) }
                        == .tokenInvalid
                )
            }
            let sam = try #require(try await portal.person(SignInDesk.staff))
            try await portal.host {
                try Roles.grant("companion", of: "surgery", to: sam, branch: nil, SignInDesk.origin(), $0)
            }
            let answer = try await portal.verify(code, SignInDesk.staff)
            let principal = try #require(try portal.caller(answer.accessToken).facts).principal(for: "surgery")
            #expect(principal.reach(of: Surgery.read) == .assigned(sam))
            #expect(principal.reach(of: Surgery.run) == nil)
        }
    }

    @Test func `sends a suspended account nothing`() async throws {
        try await withPortal { portal in
            let john = try #require(try await portal.person(SignInDesk.john))
            try await portal.host { try People.setState(.suspended, of: john, SignInDesk.origin(), $0) }
            _ = try await portal.code(open: true)
            #expect(portal.sent.all.isEmpty)
        }
    }

    @Test func `knows no code of another tenant`() async throws {
        try await withPortal { portal in
            try await withPortal { other in
                let code = try await portal.code()
                let others = try await other.code()
                if code != others {
                    #expect(try await problem { _ = try await other.verify(code) } == .tokenInvalid)
                }
                #expect(portal.keys.tag("code", "x") != other.keys.tag("code", "x"))
            }
        }
    }

    @Test func `spends nothing while signatures cannot be made`() async throws {
        let full = WorkerPool(name: "full", threads: 1, queueLimit: 1)
        await full.close()
        let portal = try await SignInDesk(signing: full)
        let code = try await portal.code()
        for _ in 0..<2 {
            await #expect(throws: PoolFull.self) { _ = try await portal.verify(code) }
        }
        #expect(try await portal.count("portico_code WHERE tries = 2") == 1)
        #expect(try await portal.count("portico_session") == 0)
        await portal.close()
    }
}

private struct FiveNumbers: Record, Equatable {
    let numbers: [Int]
    init(row: borrowing Row) throws(StoreError) {
        var numbers: [Int] = []
        for index in 0..<5 { numbers.append(try row.get(at: index)) }
        self.numbers = numbers
    }
}
