import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `A session of pages` {
    private func begin(
        _ desk: SignInDesk, remembered: Bool = true, replacing: String? = nil, after: Duration = .zero
    ) async throws -> TenantAuth.PageSession {
        let john = try #require(try await desk.person(SignInDesk.john))
        return try await desk.auth.startPageSession(
            john, methods: ["sms"], isRemembered: remembered, replacing: replacing, origin: SignInDesk.origin(after))
    }

    @Test func `is proven by its cookie, as its person with the roles of its method`() async throws {
        try await withPortal { desk in
            let session = try await begin(desk)
            #expect(session.secret.utf8.count == TenantAuth.cookieLength && session.maxAge == 2_592_000)
            let facts = try #require(try desk.caller(cookie: session.secret).facts)
            #expect(facts.person == (try await desk.person(SignInDesk.john)) && facts.session == session.id)
            #expect(facts.principal(for: "surgery").reach(of: Surgery.read) == .own(facts.person))
            #expect(try desk.caller(cookie: session.secret).facts === facts, "nothing is read again")
            let stored = try await desk.host {
                try $0.values("SELECT hash FROM portico_session_cookie", as: [UInt8].self)
            }
            #expect(stored == [SHA256.hash(Array(session.secret.utf8)).bytes])
        }
    }

    @Test func `has a cookie that is nothing as a token, and a token is nothing as its cookie`() async throws {
        try await withPortal { desk in
            let session = try await begin(desk)
            let tokens = try await desk.signIn()
            #expect(try desk.caller(cookie: session.secret).facts != nil)
            #expect(try desk.caller(tokens.accessToken).facts != nil)
            #expect(try desk.caller(session.secret).refusal == .tokenInvalid)
            #expect(try desk.caller(cookie: tokens.accessToken).refusal == .tokenInvalid)
            #expect(try desk.caller(cookie: tokens.refreshToken).refusal == .tokenInvalid)
            #expect(try desk.caller(tokens.refreshToken).refusal == .tokenInvalid, "a refresh token is no access token")
            let shown = try await problem {
                _ = try await desk.auth.refresh(session.secret, origin: SignInDesk.origin())
            }
            #expect(shown == .tokenInvalid)
        }
    }

    @Test func `of another tenant is nothing`() async throws {
        let other = try await SignInDesk("other")
        try await withPortal { desk in
            let session = try await begin(other)
            #expect(try other.caller(cookie: session.secret).facts != nil)
            #expect(try desk.caller(cookie: session.secret).refusal == .tokenInvalid)
        }
        await other.close()
    }

    @Test func `ends at once on every loop when it is revoked`() async throws {
        try await withPortal { desk in
            try await desk.database.openReader(slot: 1)
            let (one, two) = (try await begin(desk), try await begin(desk))
            let john = try #require(try await desk.person(SignInDesk.john))
            for slot in 0...1 {
                #expect(try desk.caller(cookie: one.secret, slot: slot).facts != nil)
                #expect(try desk.caller(cookie: two.secret, slot: slot).facts != nil)
            }
            try await desk.auth.endSession(one.id, of: john, reason: "revoked", origin: SignInDesk.origin())
            for slot in 0...1 {
                #expect(try desk.caller(cookie: one.secret, slot: slot).refusal == .tokenInvalid)
                #expect(try desk.caller(cookie: two.secret, slot: slot).facts != nil)
            }
            let three = try await begin(desk)
            let bearer = try await desk.signIn()
            try await desk.auth.endSessions(of: john, except: three.id, origin: SignInDesk.origin())
            #expect(try desk.caller(cookie: two.secret).refusal == .tokenInvalid)
            #expect(try desk.caller(bearer.accessToken).refusal == .tokenInvalid)
            #expect(try desk.caller(cookie: three.secret).facts != nil)
            try await desk.auth.endSessions(of: john, except: nil, origin: SignInDesk.origin())
            #expect(try desk.caller(cookie: three.secret).refusal == .tokenInvalid)
        }
    }

    @Test func `of somebody else cannot be ended`() async throws {
        try await withPortal { desk in
            let session = try await begin(desk)
            let sam = try #require(try await desk.person(SignInDesk.staff))
            let refused = try await problem {
                try await desk.auth.endSession(session.id, of: sam, reason: "revoked", origin: SignInDesk.origin())
            }
            #expect(refused == .notFound)
            #expect(try desk.caller(cookie: session.secret).facts != nil)
        }
    }

    @Test func `takes the place of the one that the browser had`() async throws {
        try await withPortal { desk in
            let planted = try await begin(desk)
            let own = try await begin(desk, replacing: planted.secret)
            #expect(planted.secret != own.secret)
            #expect(try desk.caller(cookie: planted.secret).refusal == .tokenInvalid)
            #expect(try desk.caller(cookie: own.secret).facts != nil)
        }
    }

    @Test func `ends a day after a sign-in that is not to be remembered, used or not`() async throws {
        try await withPortal { desk in
            let session = try await begin(desk, remembered: false)
            #expect(session.maxAge == nil)
            var at = Duration.zero
            while at < .seconds(86_400) {
                #expect(try desk.caller(cookie: session.secret, after: at).facts != nil, "\(at)")
                try await desk.use(cookie: session.secret, after: at)
                at += .seconds(5000)
            }
            #expect(try desk.caller(cookie: session.secret, after: .seconds(86_399)).facts != nil)
            #expect(try desk.caller(cookie: session.secret, after: .seconds(86_400)).refusal == .tokenInvalid)
        }
    }

    @Test func `ends without use, and lives on with it`() async throws {
        try await withPortal(settings: AuthSettings(pageIdleSeconds: 600)) { desk in
            let session = try await begin(desk)
            #expect(try desk.caller(cookie: session.secret, after: .seconds(599)).facts != nil)
            #expect(try desk.caller(cookie: session.secret, after: .seconds(600)).refusal == .tokenInvalid)
            let used = try await begin(desk)
            try await desk.use(cookie: used.secret, after: .seconds(500))
            #expect(try desk.caller(cookie: used.secret, after: .seconds(1099)).facts != nil)
            #expect(try desk.caller(cookie: used.secret, after: .seconds(1100)).refusal == .tokenInvalid)
        }
    }
}

@Suite struct `A person's sessions` {
    @Test func `are listed with device and last use, the living ones`() async throws {
        try await withPortal(settings: AuthSettings(pageIdleSeconds: 600)) { desk in
            let john = try #require(try await desk.person(SignInDesk.john))
            let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
            let page = try await desk.auth.startPageSession(
                john, methods: ["sms"], isRemembered: true, replacing: nil, origin: SignInDesk.origin(agent: agent))
            let token = try await desk.signIn(after: .seconds(60))
            let ended = try await desk.auth.startPageSession(
                john, methods: ["sms"], isRemembered: true, replacing: nil, origin: SignInDesk.origin(.seconds(70)))
            try await desk.auth.endSession(
                ended.id, of: john, reason: "logout", origin: SignInDesk.origin(.seconds(80)))
            let now = SignInDesk.start + .seconds(90)
            let (sessions, total) = try await desk.auth.sessions(of: john, slot: 0, now: now)
            #expect(sessions.map(\.device) == ["Phone", "Firefox on Linux"] && total == 2)
            #expect(sessions.last?.id == page.id && sessions.last?.createdAt == SignInDesk.start)
            try await desk.use(token: token.accessToken, after: .seconds(800))
            let later = try await desk.auth.sessions(of: john, slot: 0, now: SignInDesk.start + .seconds(900))
            #expect(
                later.sessions.map(\.lastUsedAt) == [SignInDesk.start + .seconds(800)], "the other was idle too long")
            let paged = try await desk.auth.sessions(of: john, slot: 0, now: now, page: 2, limit: 1)
            #expect(paged.sessions.map(\.id) == [page.id] && paged.total == 2)
        }
    }

    @Test func `note a use once in some minutes, whichever loop it is on`() async throws {
        try await withPortal { desk in
            try await desk.database.openReader(slot: 1)
            let token = try await desk.signIn()
            let facts = try [0, 1].map { try #require(try desk.caller(token.accessToken, slot: $0).facts) }
            func noted(_ after: Int) throws -> Int {
                facts.filter { $0.due(at: SignInDesk.start + .seconds(after)) != nil }.count
            }
            #expect(try noted(299) == 0)
            #expect(try noted(300) == 2, "each loop asks once")
            #expect(try noted(301) == 0 && noted(599) == 0)
            try await desk.use(token: token.accessToken, after: .seconds(700))
            let session = try #require(facts[0].session)
            // What another loop asks for soon after changes no row.
            desk.auth.uses.note(.session(session), at: SignInDesk.start + .seconds(800), every: 300)
            try await desk.settled()
            #expect(try await desk.lastUse(of: session) == SignInDesk.start + .seconds(700))
        }
    }

    @Test func `are called after what the client said`() {
        let names = [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604.1",
                "Safari on iPhone"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge on Windows"
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
                "Chrome on Android"
            ),
            ("curl/8.5.0", "curl"), ("<script>", "<script>"),
        ]
        for (agent, name) in names { #expect(DeviceName.of(agent) == name) }
        #expect(DeviceName.of(nil) == nil && DeviceName.of("") == nil)
        #expect(DeviceName.of(String(repeating: "x", count: 400))?.count == 40)
    }
}

extension SignInDesk {
    /// Who a cookie says is calling.
    func caller(cookie: String, after: Duration = .zero, slot: Int = 0) throws -> Authentication {
        try auth.authenticate(cookie: Array(cookie.utf8)[...], slot: slot, now: Self.start + after)
    }

    /// Uses a session, and waits until that is noted where it is due.
    func use(cookie: String? = nil, token: String? = nil, after: Duration) async throws {
        let caller =
            try cookie.map { try self.caller(cookie: $0, after: after) } ?? self.caller(token ?? "", after: after)
        let facts = try #require(caller.facts)
        auth.noteUse(facts, at: Self.start + after)
        try await settled()
    }

    /// Waits until every note that was made has been written.
    func settled() async throws {
        while auth.uses.isBusy { try await host { _ in } }
    }

    func lastUse(of session: String) async throws -> Instant? {
        try await host {
            try $0.value("SELECT last_used_at FROM portico_session WHERE id = \(session)", as: Int64.self)
        }
        .map { Instant(microseconds: $0) }
    }
}
