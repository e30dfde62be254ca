import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `Refresh tokens` {
    @Test func `are exchanged for the next pair, and only once`() async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let second = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(60)))
            #expect(second.refreshToken != first.refreshToken && second.person == first.person)
            #expect(second.expiresIn == 900)
            #expect(try portal.caller(second.accessToken, after: .seconds(60)).facts != nil)
            let third = try await portal.auth.refresh(second.refreshToken, origin: SignInDesk.origin(.seconds(120)))
            #expect(third.refreshToken != second.refreshToken)
            #expect(try await portal.count("portico_session") == 1)
            #expect(try await portal.count("portico_refresh_token WHERE used_at IS NULL") == 1)
        }
    }

    @Test func `end their session when one is used again, with its access tokens`() async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let second = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(60)))
            #expect(try portal.caller(second.accessToken, after: .seconds(61)).facts != nil)
            let origin = SignInDesk.origin(.seconds(71))
            #expect(
                try await problem { _ = try await portal.auth.refresh(first.refreshToken, origin: origin) }
                    == .tokenInvalid)
            #expect(try portal.caller(second.accessToken, after: .seconds(71)).refusal == .tokenInvalid)
            #expect(
                try await problem { _ = try await portal.auth.refresh(second.refreshToken, origin: origin) }
                    == .tokenInvalid)
            #expect(
                try await portal.count(
                    "portico_audit WHERE action = 'session.ended' AND details = '{\"reason\":\"reuse\"}'") == 1)
        }
    }

    @Test func `shown again by the same client within 10 seconds are told to wait, and nothing ends`() async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let second = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(60)))
            let again = try await problem {
                _ = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(70)))
            }
            #expect(again?.status == 409 && again?.code == "RESOURCE_CONFLICT" && again?.retryAfter == 1)
            #expect(
                try await portal.auth.refresh(second.refreshToken, origin: SignInDesk.origin(.seconds(71))).person
                    == first.person)
        }
    }

    @Test(arguments: [("Phone/2", "192.0.2.1"), ("Phone/1", "192.0.2.2")])
    func `shown again by another client end the session at once`(agent: String, address: String) async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let second = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(60)))
            let thief = SignInDesk.origin(.seconds(61), agent: agent, address: address)
            #expect(
                try await problem { _ = try await portal.auth.refresh(first.refreshToken, origin: thief) }
                    == .tokenInvalid)
            #expect(try portal.caller(second.accessToken, after: .seconds(61)).refusal == .tokenInvalid)
        }
    }

    @Test func `end the session when their successor was used already, however soon`() async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let second = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(60)))
            let third = try await portal.auth.refresh(second.refreshToken, origin: SignInDesk.origin(.seconds(61)))
            let soon = SignInDesk.origin(.seconds(62))
            #expect(
                try await problem { _ = try await portal.auth.refresh(first.refreshToken, origin: soon) }
                    == .tokenInvalid)
            #expect(
                try await problem { _ = try await portal.auth.refresh(third.refreshToken, origin: soon) }
                    == .tokenInvalid)
        }
    }

    @Test func `shown many times at once give one pair, and the session lives`() async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let answers = try await withThrowingTaskGroup(of: (TokenAnswer?, Int?).self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        do {
                            return (
                                try await portal.auth.refresh(
                                    first.refreshToken, origin: SignInDesk.origin(.seconds(60))),
                                nil
                            )
                        } catch let problem as Problem {
                            return (nil, problem.status)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let good = answers.compactMap(\.0)
            #expect(good.count == 1)
            #expect(answers.compactMap(\.1) == [409, 409, 409, 409, 409])
            let kept = try #require(good.first)
            #expect(try portal.caller(kept.accessToken, after: .seconds(60)).facts != nil)
        }
    }

    @Test func `are unknown when made up or of another tenant`() async throws {
        try await withPortal { portal in
            try await withPortal { other in
                let foreign = try await other.signIn().refreshToken
                for token in ["", "made-up", foreign] {
                    #expect(
                        try await problem { _ = try await portal.auth.refresh(token, origin: SignInDesk.origin()) }
                            == .tokenInvalid)
                    let out = try await problem {
                        try await portal.auth.logout(token, allDevices: true, origin: SignInDesk.origin())
                    }
                    #expect(out == .tokenInvalid)
                }
                #expect(try await other.auth.refresh(foreign, origin: SignInDesk.origin()).expiresIn == 900)
            }
        }
    }

    @Test func `last 30 days from the sign-in, however often they are renewed`() async throws {
        try await withPortal { portal in
            var token = try await portal.signIn().refreshToken
            for day in [10, 20, 29] {
                token = try await portal.auth.refresh(token, origin: SignInDesk.origin(.seconds(day * 86_400)))
                    .refreshToken
            }
            let end = Duration.seconds(30 * 86_400)
            let last = try await portal.auth.refresh(token, origin: SignInDesk.origin(end - .seconds(100)))
            #expect(last.expiresIn == 100, "an access token does not outlive its session")
            let late = try await problem {
                _ = try await portal.auth.refresh(last.refreshToken, origin: SignInDesk.origin(end))
            }
            #expect(late == .tokenInvalid)
        }
    }

    @Test func `last as long as the dialect or the tenant says`() {
        #expect(Lifetimes(.envelope, AuthSettings()) == Lifetimes(.bare, AuthSettings()))
        #expect(Lifetimes(.clinic, AuthSettings()).access == 900)
        #expect(Lifetimes(.clinic, AuthSettings()).session == 30 * 86_400)
        #expect(Lifetimes(.status, AuthSettings()).access == 3600)
        #expect(Lifetimes(.status, AuthSettings()).session == 7 * 86_400)
        let settings = AuthSettings(accessTokenTtlSeconds: 60, refreshTokenTtlSeconds: 7200)
        #expect(Lifetimes(.status, settings).access == 60 && Lifetimes(.envelope, settings).session == 7200)
    }

    @Test func `of an account without a role any more give nothing`() async throws {
        try await withPortal { portal in
            let answer = try await portal.signIn()
            try await portal.host {
                try Roles.revoke("customer", of: "surgery", from: answer.person, SignInDesk.origin(), $0)
            }
            #expect(
                try await problem {
                    _ = try await portal.auth.refresh(answer.refreshToken, origin: SignInDesk.origin())
                }
                    == .tokenInvalid)
        }
    }
}

@Suite struct `Logging out` {
    @Test func `stops one device's tokens at once, on every loop, and leaves the others`() async throws {
        try await withPortal { portal in
            try await portal.database.openReader(slot: 1)
            let phone = try await portal.signIn()
            let tablet = try await portal.signIn(after: .seconds(60))
            for slot in 0...1 {
                #expect(try portal.caller(phone.accessToken, after: .seconds(61), slot: slot).facts != nil)
                #expect(try portal.caller(tablet.accessToken, after: .seconds(61), slot: slot).facts != nil)
            }
            try await portal.auth.logout(phone.refreshToken, allDevices: false, origin: SignInDesk.origin(.seconds(62)))
            for slot in 0...1 {
                #expect(try portal.caller(phone.accessToken, after: .seconds(62), slot: slot).refusal == .tokenInvalid)
                #expect(try portal.caller(tablet.accessToken, after: .seconds(62), slot: slot).facts != nil)
            }
        }
    }

    @Test func `stops every device's tokens at once`() async throws {
        try await withPortal { portal in
            let phone = try await portal.signIn()
            let tablet = try await portal.signIn(after: .seconds(60))
            let origin = SignInDesk.origin(.seconds(61))
            #expect(try portal.caller(phone.accessToken, after: .seconds(61)).facts != nil)
            try await portal.auth.logout(tablet.refreshToken, allDevices: true, origin: origin)
            for answer in [phone, tablet] {
                #expect(try portal.caller(answer.accessToken, after: .seconds(61)).refusal == .tokenInvalid)
                #expect(
                    try await problem { _ = try await portal.auth.refresh(answer.refreshToken, origin: origin) }
                        == .tokenInvalid)
            }
        }
    }
}
