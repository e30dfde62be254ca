import Crypto
import Database
import HTTPServer
import PluginAPI
import Testing

@testable import Host

@Suite struct `An API key` {
    /// Sam's session, as staff, by password.
    private func sam(_ desk: SignInDesk) async throws -> SessionFacts {
        let sam = try #require(try await desk.person(SignInDesk.staff))
        let page = try await desk.auth.startPageSession(
            sam, methods: ["pwd"], isRemembered: true, replacing: nil, origin: SignInDesk.origin())
        return try #require(try desk.caller(cookie: page.secret).facts)
    }

    private func create(
        _ desk: SignInDesk, _ scopes: [String] = ["read:visits"], expires: Instant? = nil, from: [String] = []
    ) async throws -> (key: APIKey, text: String) {
        let creator = try await sam(desk)
        let new = APIKeys.New(
            name: "Robot", scopes: scopes, expiresAt: expires,
            addresses: try from.map { try #require(AddressRange($0)) })
        return try await desk.host { try APIKeys.create(new, by: creator, SignInDesk.origin(), $0) }
    }

    @Test func `may what its scopes and its owner's roles both allow, without a session`() async throws {
        try await withPortal { desk in
            let (key, text) = try await create(desk)
            let facts = try #require(try desk.caller(key: text).facts)
            let principal = facts.principal(for: "surgery")
            #expect(principal.session == nil && facts.session == nil && facts.apiKey?.id == key.id)
            #expect(principal.reach(of: Surgery.read) == .branches(["east"]))
            #expect(principal.reach(of: Surgery.run) == nil, "held by its owner, but no scope of the key")
            #expect(try desk.caller(key: text).facts === facts, "nothing is read again")
            try await desk.host { try Roles.revoke("STAFF", of: "surgery", from: key.person, SignInDesk.origin(), $0) }
            let after = try #require(try desk.caller(key: text).facts)
            #expect(after.principal(for: "surgery").reach(of: Surgery.read) == nil, "never more than its owner has now")
        }
    }

    @Test func `of a person who signed in by phone has no staff role either`() async throws {
        try await withPortal { desk in
            let token = try await desk.signIn()
            let john = try #require(try desk.caller(token.accessToken).facts)
            try await desk.host {
                try Roles.grant("ADMIN", of: "surgery", to: john.person, branch: nil, SignInDesk.origin(), $0)
            }
            let now = try #require(try desk.caller(token.accessToken).facts)
            let new = APIKeys.New(name: "Robot", scopes: ["read:visits"])
            let (_, text) = try await desk.host { try APIKeys.create(new, by: now, SignInDesk.origin(), $0) }
            let facts = try #require(try desk.caller(key: text).facts)
            #expect(facts.principal(for: "surgery").reach(of: Surgery.read) == .own(john.person))
        }
    }

    @Test func `is made with scopes that its maker holds, and by nobody without a session`() async throws {
        try await withPortal { desk in
            for scope in ["write:people", "*:visits", "*:*", "read:*"] {
                let refused = try await problem { _ = try await create(desk, ["read:visits", scope]) }
                #expect(refused?.status == 400 && refused?.mistakes.map(\.field) == ["scopes[1]"], "\(scope)")
            }
            let robot = try #require(try desk.caller(key: try await create(desk).text).facts)
            let refused = try await problem {
                _ = try await desk.host {
                    try APIKeys.create(
                        APIKeys.New(name: "Second", scopes: ["read:visits"]), by: robot, SignInDesk.origin(), $0)
                }
            }
            #expect(refused == .interactiveOnly)
        }
    }

    @Test func `is stored as a hash, and named in the audit log`() async throws {
        try await withPortal { desk in
            let (key, text) = try await create(desk)
            let hashes = try await desk.host { try $0.values("SELECT hash FROM portico_api_key", as: [UInt8].self) }
            #expect(hashes == [SHA256.hash(Array(text.utf8)).bytes])
            var origin = SignInDesk.origin()
            origin.apiKey = key.id
            let used = origin
            try await desk.host {
                try AuditTable.append(AuditEntry("visit.read", on: Subject("visit", id: "1")), used, $0)
            }
            let last = try await desk.host {
                try $0.value("SELECT details FROM portico_audit ORDER BY number DESC LIMIT 1", as: String.self)
            }
            #expect(last == #"{"apiKey":"\#(key.id)"}"#)
            #expect(try await desk.actions().contains("api-key.created"))
            let log = try await desk.host { try $0.values("SELECT details FROM portico_audit", as: String.self) }
            #expect(!log.contains { $0.contains(text.suffix(58)) })
        }
    }

    @Test func `mistyped is told so without a look-up`() async throws {
        try await withPortal { desk in
            let (_, text) = try await create(desk)
            var typo = Array(text)
            typo[40] = typo[40] == "a" ? "b" : "a"
            for wrong in [String(typo), String(text.dropLast()), text + "a", text.uppercased(), "", "pk_", "pk__"] {
                // This loop has no reader: whoever looks up is told to open one.
                #expect(try desk.caller(key: wrong, slot: 1).refusal == .apiKeyMistyped, "\(wrong)")
            }
            #expect(try desk.caller(key: text, slot: 1).needsReader)
        }
    }

    @Test func `made up, or another tenant's, is nobody's`() async throws {
        let other = try await SignInDesk("other")
        try await withPortal { desk in
            let (key, _) = try await create(desk)
            #expect(try desk.caller(key: APIKeyText.make(id: key.id)).refusal == .tokenInvalid, "the id is no secret")
            let unknown = APIKeyText.make(id: Identifier.make("key", at: SignInDesk.start))
            #expect(try desk.caller(key: unknown).refusal == .tokenInvalid)
            let (_, foreign) = try await create(other)
            #expect(try other.caller(key: foreign).facts != nil)
            #expect(try desk.caller(key: foreign).refusal == .tokenInvalid)
            #expect(try desk.caller(foreign).refusal == .tokenInvalid, "a key is no access token")
            #expect(desk.caches.count(0) == 1, "nothing of these is kept")
        }
        await other.close()
    }

    @Test func `ends at its expiry, and at once on every loop when it is revoked or its owner suspended`() async throws
    {
        try await withPortal { desk in
            try await desk.database.openReader(slot: 1)
            let (_, short) = try await create(desk, expires: SignInDesk.start + .seconds(100))
            #expect(try desk.caller(key: short, after: .seconds(99)).facts != nil)
            #expect(try desk.caller(key: short, after: .seconds(100)).refusal == .tokenExpired)
            let (key, text) = try await create(desk)
            for slot in 0...1 { #expect(try desk.caller(key: text, slot: slot).facts != nil) }
            try await desk.host { try People.setState(.suspended, of: key.person, SignInDesk.origin(), $0) }
            for slot in 0...1 { #expect(try desk.caller(key: text, slot: slot).refusal == .tokenInvalid) }
            try await desk.host { try People.setState(.active, of: key.person, SignInDesk.origin(), $0) }
            for slot in 0...1 { #expect(try desk.caller(key: text, slot: slot).facts != nil) }
            try await desk.host { try APIKeys.revoke(key.id, of: key.person, SignInDesk.origin(), $0) }
            for slot in 0...1 { #expect(try desk.caller(key: text, slot: slot).refusal == .tokenInvalid) }
            let again = try await problem {
                try await desk.host { try APIKeys.revoke(key.id, of: key.person, SignInDesk.origin(), $0) }
            }
            #expect(again == .notFound)
            let late = try await problem { _ = try await create(desk, expires: SignInDesk.start) }
            #expect(late?.mistakes.map(\.field) == ["expiresAt"])
        }
    }

    @Test func `is rotated with an overlap, in which old and new are good`() async throws {
        try await withPortal { desk in
            let (key, first) = try await create(desk)
            func rotate(_ hours: Int, _ after: Int) async throws -> String {
                try await desk.host {
                    try APIKeys.rotate(
                        key.id, of: key.person, overlapHours: hours, SignInDesk.origin(.seconds(after)), $0
                    ).text
                }
            }
            #expect(try desk.caller(key: first).facts != nil)
            let second = try await rotate(2, 0)
            #expect(try desk.caller(key: first, after: .seconds(7199)).facts?.apiKey?.id == key.id)
            #expect(try desk.caller(key: second, after: .seconds(7199)).facts?.apiKey?.id == key.id)
            #expect(try desk.caller(key: first, after: .seconds(7200)).refusal == .tokenInvalid)
            let third = try await rotate(24, 8000)
            #expect(try desk.caller(key: second, after: .seconds(8001)).facts != nil)
            let fourth = try await rotate(0, 8002)
            for over in [first, second, third] {
                #expect(try desk.caller(key: over, after: .seconds(8003)).refusal == .tokenInvalid)
            }
            #expect(try desk.caller(key: fourth, after: .seconds(8003)).facts != nil)
            let stranger = try #require(try await desk.person(SignInDesk.john))
            let refused = try await problem {
                _ = try await desk.host {
                    try APIKeys.rotate(key.id, of: stranger, overlapHours: 1, SignInDesk.origin(), $0)
                }
            }
            #expect(refused == .notFound)
        }
    }

    @Test func `is good from the addresses it is for alone`() async throws {
        try await withPortal { desk in
            let (_, text) = try await create(desk, from: ["192.0.2.0/24", "2001:db8::/32"])
            for allowed in ["192.0.2.200", "2001:db8:7::7"] {
                #expect(try desk.caller(key: text, from: allowed).facts != nil)
            }
            for other in ["192.0.3.1", "127.0.0.1", "2001:db9::1", "::1"] {
                #expect(try desk.caller(key: text, from: other).refusal == .tokenInvalid)
            }
        }
    }

    @Test func `has its uses noted, and is one of at most 25`() async throws {
        try await withPortal { desk in
            let (key, text) = try await create(desk)
            let facts = try #require(try desk.caller(key: text, after: .seconds(10)).facts)
            desk.auth.noteUse(facts, at: SignInDesk.start + .seconds(10))
            try await desk.settled()
            let noted = try await desk.host { try APIKeyTable.find(key.id, $0)?.lastUsedAt }
            #expect(noted == SignInDesk.start + .seconds(10))
            for _ in 1..<APIKeys.limit { _ = try await create(desk) }
            #expect(try await problem { _ = try await create(desk) }?.status == 409)
            let (keys, total) = try await desk.host { try APIKeyTable.list(of: key.person, page: 2, limit: 20, $0) }
            #expect(keys.count == 5 && total == 25)
            try await desk.host { try APIKeys.revoke(key.id, of: nil, SignInDesk.origin(), $0) }
            _ = try await create(desk)
            try await desk.host { try Sessions.trim(now: SignInDesk.start + .seconds(366 * 86_400), $0) }
            #expect(try await desk.host { try APIKeyTable.find(key.id, $0) } == nil)
        }
    }
}

@Suite struct `An address range` {
    @Test func `is an address or a network in full`() throws {
        for good in ["192.0.2.7", "192.0.2.0/24", "0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32", "::1", "::/0"] {
            #expect(AddressRange(good)?.text == good)
        }
        for bad in [
            "", "localhost", "192.0.2.1/24", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/+8", "192.0.2", "2001:db8::1/32",
            "192.0.2.0/8/8", "a", "192.0.2.0/24 ",
        ] { #expect(AddressRange(bad) == nil, "\(bad)") }
        #expect(AddressRange.schema.roundTrips)
    }
}

@Suite struct `A permission's meeting with a scope` {
    @Test(arguments: [
        ("read:visits", "read:visits", "read:visits"), ("read:*", "read:visits", "read:visits"),
        ("read:visits", "*:*", "read:visits"), ("read:*", "*:visits", "read:visits"),
        ("read:visits", "write:visits", nil),
        ("read:*", "write:*", nil), ("*:visits", "read:people", nil),
    ]) func `is never more than either`(held: String, scope: String, both: String?) {
        #expect(Permission(held).meeting(Permission(scope))?.name == both)
        #expect(Permission(scope).meeting(Permission(held))?.name == both)
    }
}

@Suite struct `A form's token` {
    @Test func `is good for its owner, at its tenant, and for nobody else`() throws {
        let keys = try TenantKeys(data: .random(count: 32), index: .random(count: 32))
        let other = try TenantKeys(data: .random(count: 32), index: .random(count: 32))
        let token = FormToken.make(for: .session("ses_1"), keys)
        #expect(token != FormToken.make(for: .session("ses_1"), keys))
        #expect(FormToken.isGood(token, for: .session("ses_1"), keys))
        #expect(!FormToken.isGood(token, for: .session("ses_2"), keys))
        #expect(!FormToken.isGood(token, for: .device("ses_1"), keys))
        #expect(!FormToken.isGood(token, for: .session("ses_1"), other))
        for broken in ["", "x", String(token.dropLast()), token + "A", String(token.reversed()), token + token] {
            #expect(!FormToken.isGood(broken, for: .session("ses_1"), keys))
        }
    }
}

extension SignInDesk {
    /// Who an API key says is calling.
    func caller(
        key: String, from address: String = "192.0.2.1", after: Duration = .zero, slot: Int = 0
    ) throws -> Authentication {
        try auth.authenticate(
            apiKey: Array(key.utf8)[...], address: try #require(SocketAddress(host: address, port: 0)), slot: slot,
            now: Self.start + after)
    }
}
