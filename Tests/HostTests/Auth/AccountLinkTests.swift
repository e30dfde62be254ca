import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `A link to set a new password` {
    private static let new = "New#Passage-22"

    private func reset(_ portal: SignInDesk, _ token: String, _ password: String = new, after: Duration = .zero)
        async throws
    {
        try await portal.auth.setPassword(
            password, field: "password", byLink: token, for: .reset, origin: SignInDesk.origin(after))
    }

    @Test func `is mailed, works once, and ends every session and lock`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let session = try await portal.login()
            for _ in 0..<5 { _ = try await portal.verdict() }
            try await portal.auth.requestPasswordReset(of: SignInDesk.samsMail, origin: SignInDesk.origin())
            let letter = try #require(portal.sent.all.last)
            #expect(letter.channel == .email && letter.to == "sam@lumen.example")
            #expect(letter.expires == SignInDesk.start + .seconds(1800))
            #expect(letter.body.contains("http://lumen.localhost:8080/reset-password?token="))
            let token = try portal.linkToken()
            #expect(
                try await portal.count("portico_link WHERE instr(CAST(content AS TEXT), \(token)) > 0") == 0)
            try await reset(portal, token)
            #expect(try portal.caller(session.accessToken).refusal == .tokenInvalid)
            #expect(try await portal.verdict(SignInDesk.password) == "401")
            #expect(try await portal.verdict(Self.new) == "200")
            #expect(try await problem { try await reset(portal, token, "Newer#Passage-3") } == .tokenInvalid)
            #expect(portal.sent.all.last?.body.contains("was changed") == true)
        }
    }

    @Test func `is good for 30 minutes and for nothing else`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            try await portal.auth.requestPasswordReset(of: SignInDesk.samsMail, origin: SignInDesk.origin())
            let token = try portal.linkToken()
            let forged = String((token.first == "A" ? "B" : "A") + token.dropFirst())
            #expect(try await portal.tryLink(token, after: .seconds(1800)) == 401)
            #expect(try await portal.tryLink(token, for: .invite) == 401)
            #expect(try await portal.tryLink(forged) == 401)
            #expect(try await portal.tryLink("") == 401)
            #expect(try await portal.tryLink(token, after: .seconds(1799)) == 204)
        }
    }

    @Test func `stays good while the new password will not do`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            try await portal.auth.requestPasswordReset(of: SignInDesk.samsMail, origin: SignInDesk.origin())
            let token = try portal.linkToken()
            let weak = try await problem { try await reset(portal, token, "Password1!") }
            #expect(weak?.status == 400 && weak?.mistakes.map(\.field) == ["password"])
            #expect(try await problem { try await reset(portal, token, "sam@lumen.example") }?.status == 400)
            try await reset(portal, token)
        }
    }

    @Test func `is replaced by the next, which is not sent within a minute`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let ask = { (after: Duration) in
                try await portal.auth.requestPasswordReset(
                    of: SignInDesk.samsMail, origin: SignInDesk.origin(after))
            }
            try await ask(.zero)
            let first = try portal.linkToken()
            try await ask(.seconds(59))
            #expect(portal.sent.all.count == 1)
            try await ask(.seconds(60))
            let second = try portal.linkToken()
            #expect(first != second)
            #expect(try await problem { try await reset(portal, first, after: .seconds(61)) } == .tokenInvalid)
            try await reset(portal, second, after: .seconds(61))
        }
    }

    @Test func `leaves the same behind for names nobody has, and sends them nothing`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let nobody = AccountName(kind: .email, text: "nobody@lumen.example")
            for name in [SignInDesk.samsMail, nobody] {
                try await portal.auth.requestPasswordReset(of: name, origin: SignInDesk.origin())
            }
            #expect(portal.sent.all.map(\.to) == ["sam@lumen.example"])
            #expect(try await portal.count("portico_link WHERE length(content) > 20 AND length(hash) = 32") == 2)
            let later = SignInDesk.start + .seconds(1801)
            try await portal.host { try AccountLinks.trim(now: later, $0) }
            #expect(try await portal.count("portico_link") == 0)
        }
    }

    @Test func `goes to a proven address alone`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword(proven: false)
            try await portal.auth.requestPasswordReset(of: SignInDesk.samsMail, origin: SignInDesk.origin())
            #expect(portal.sent.all.isEmpty)
            let sam = try await portal.sam()
            let byPhone = try await problem {
                try await portal.auth.requestVerification(of: sam, methods: ["sms"], origin: SignInDesk.origin())
            }
            #expect(byPhone == .forbidden, "a phone alone must not lead to a password of staff")
            try await portal.auth.requestVerification(of: sam, methods: ["pwd"], origin: SignInDesk.origin())
            let token = try #require(LinkToken(try portal.linkToken(), .verify, portal.keys))
            try await portal.auth.verifyEmail(byLink: token, origin: SignInDesk.origin())
            #expect(
                try await problem { try await portal.auth.verifyEmail(byLink: token, origin: SignInDesk.origin()) }
                    == .tokenInvalid)
            let later = SignInDesk.origin(.seconds(60))
            try await portal.auth.requestPasswordReset(of: SignInDesk.samsMail, origin: later)
            try await reset(portal, try portal.linkToken(), after: .seconds(61))
        }
    }

    @Test func `of one tenant is worth nothing at another`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            try await portal.auth.requestPasswordReset(of: SignInDesk.samsMail, origin: SignInDesk.origin())
            let other = try await SignInDesk("northgate")
            let token = try portal.linkToken()
            #expect(try await problem { try await reset(other, token) } == .tokenInvalid)
            await other.close()
        }
    }
}

@Suite struct `Accounts and their passwords` {
    @Test func `are changed by who knows the present one, which ends the other sessions`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let sam = try await portal.sam()
            let (kept, ended) = (try await portal.login(), try await portal.login())
            let session = try #require(try portal.caller(kept.accessToken).facts?.session)
            let change = { (current: String, new: String) in
                try await portal.auth.changePassword(
                    of: sam, from: current, to: new, fields: ("currentPassword", "newPassword"), keeping: session,
                    origin: SignInDesk.origin())
            }
            let wrong = try await problem { try await change(SignInDesk.wrong, "New#Passage-22") }
            #expect(wrong?.mistakes.map(\.code) == ["INVALID_CURRENT_PASSWORD"])
            let weak = try await problem { try await change(SignInDesk.password, "short") }
            #expect(weak?.mistakes.first?.field == "newPassword")
            #expect(try portal.caller(ended.accessToken).facts != nil)
            try await change(SignInDesk.password, "New#Passage-22")
            #expect(try portal.caller(kept.accessToken).facts != nil)
            #expect(try portal.caller(ended.accessToken).refusal == .tokenInvalid)
            #expect(try await portal.verdict("New#Passage-22") == "200")
            for _ in 0..<5 { _ = try await problem { try await change(SignInDesk.wrong, "Newer#Passage-3") } }
            let locked = try await problem { try await change("New#Passage-22", "Newer#Passage-3") }
            #expect(locked?.status == 423, "a stolen session is no place to guess at the password")
        }
    }

    @Test func `that staff make are given their password by the link of an invitation`() async throws {
        try await withPortal { portal in
            let auth = portal.auth
            try await portal.host { host in
                let id = try People.add(
                    givenName: "Nia", familyName: "New", email: Email("nia@lumen.example"),
                    SignInDesk.origin(), host)
                try Roles.grant("ADMIN", of: "surgery", to: id, branch: nil, SignInDesk.origin(), host)
                #expect(try auth.invite(id, SignInDesk.origin(), host))
            }
            let nia = AccountName(kind: .email, text: "nia@lumen.example")
            #expect(try await portal.verdict("First#Passage-1", nia) == "401")
            let token = try portal.linkToken(to: "nia@lumen.example")
            let accept = {
                try await auth.setPassword(
                    "First#Passage-1", field: "password", byLink: token, for: .invite,
                    origin: SignInDesk.origin(.seconds(6 * 86_400)))
            }
            try await accept()
            #expect(try await problem(accept) == .tokenInvalid)
            let answer = try await portal.login("First#Passage-1", nia, after: .seconds(6 * 86_400))
            #expect(answer.signedIn.role == "ADMIN")
            #expect(
                try await portal.count("portico_identifier WHERE value = 'nia@lumen.example' AND verified_at > 0") == 1)
        }
    }

    @Test func `that people ask for are made by the link, and owners of an address are told`() async throws {
        try await withPortal { portal in
            try await portal.giveSamAPassword()
            let (auth, keys) = (portal.auth, portal.keys)
            let ask = { (address: String) in
                try await auth.register(
                    LinkContent(email: Email(address), givenName: "Kim", familyName: "Lee"),
                    origin: SignInDesk.origin())
            }
            try await ask("sam@lumen.example")
            #expect(portal.sent.all.last?.body.contains("has one already") == true)
            #expect(portal.sent.all.last?.body.contains("token=") == false)
            try await ask("kim@lumen.example")
            #expect(try await portal.count("portico_link WHERE purpose = 'register'") == 2)
            #expect(try await portal.count("portico_identifier WHERE value = 'kim@lumen.example'") == 0)
            let token = try #require(
                LinkToken(try portal.linkToken(to: "kim@lumen.example"), .register, keys))
            let complete = { (password: String) in
                try await auth.completeRegistration(
                    byLink: token, password: password, field: "password", plugin: "surgery", role: "customer",
                    origin: SignInDesk.origin(.seconds(60)), enrol: { _, _ in })
            }
            #expect(try await problem { try await complete("weak") }?.status == 400)
            try await complete("Kims#Passage-1")
            #expect(try await problem { try await complete("Kims#Passage-1") } == .tokenInvalid)
            let answer = try await portal.login(
                "Kims#Passage-1", AccountName(kind: .email, text: "kim@lumen.example"), after: .seconds(61),
                roles: ["customer"])
            #expect(answer.signedIn.role == "customer")
        }
    }
}
