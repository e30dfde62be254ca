import Database
import FoundationEssentials
import PluginAPI
import Testing

@testable import Host

@Suite struct `The outbox` {
    static func code(
        _ store: TenantStore, _ body: String = "Your code is 271828.", expires seconds: Int64 = 300
    ) async throws {
        let origin = store.origin
        try await store.write {
            try OutboxTable.addDirect(
                "sign-in-code", channel: .sms, to: "+15550100001", subject: "", body: body,
                expiresAt: origin.now + .seconds(seconds), origin, $0)
        }
    }

    private static func lease(_ store: TenantStore, after seconds: Int64 = 0, limit: Int = 10) async throws
        -> [OutboxRow]
    {
        let now = store.now + .seconds(seconds)
        return try await store.write {
            try OutboxTable.lease(at: now, for: .seconds(60), by: "this run", limit: limit, $0)
        }
    }

    private static func state(_ store: TenantStore) async throws -> [String] {
        try await store.write { try $0.values("SELECT state FROM portico_outbox ORDER BY id", as: String.self) }
    }

    @Test func `lends a message once, and again when its lease has ended`() async throws {
        try await withTenantStore { store async throws in
            try await Self.code(store)
            let rows = try await Self.lease(store)
            #expect(rows.map(\.attempts) == [0])
            #expect(
                rows.map(\.content) == [
                    .direct(channel: .sms, address: "+15550100001", subject: "", body: "Your code is 271828.")
                ])
            #expect(try await Self.lease(store, after: 59).isEmpty)
            #expect(try await store.write { try OutboxTable.nextDue($0) } == store.now + .seconds(60))
            #expect(try await Self.lease(store, after: 60).map(\.attempts) == [1])
        }
    }

    @Test func `ends the leases of a run that is gone, and no other`() async throws {
        try await withTenantStore { store async throws in
            try await Self.code(store)
            #expect(try await Self.lease(store).count == 1)
            let now = store.now
            try await store.write { try OutboxTable.endLeases(exceptOf: "this run", now: now, $0) }
            #expect(try await Self.lease(store, after: 1).isEmpty)
            try await store.write { try OutboxTable.endLeases(exceptOf: "the next run", now: now, $0) }
            #expect(try await Self.lease(store, after: 1).map(\.attempts) == [1])
        }
    }

    @Test func `lends no more than asked, the earliest first`() async throws {
        try await withTenantStore { store async throws in
            let origin = store.origin
            for delay in [3, 1, 2] as [Int64] {
                try await store.write { host throws in
                    let notice = Notice(
                        Chores.done, to: PersonID(rawValue: "usr_1"), about: Subject("chore", id: "\(delay)"),
                        ["name": "\(delay)"], notBefore: origin.now + .seconds(delay))
                    try OutboxTable.add(notice, origin, host)
                }
            }
            #expect(try await Self.lease(store).isEmpty)
            let rows = try await Self.lease(store, after: 5, limit: 2)
            #expect(rows.map(\.content) == [.template(values: ["name": "1"]), .template(values: ["name": "2"])])
        }
    }

    @Test func `does not send what has expired`() async throws {
        try await withTenantStore { store async throws in
            try await Self.code(store, expires: 10)
            #expect(try await Self.lease(store, after: 10).isEmpty)
            #expect(try await Self.state(store) == ["dead"])
            #expect(try await store.write { try OutboxTable.nextDue($0) } == nil)
        }
    }

    @Test func `takes back by key what was not sent, of this plugin alone`() async throws {
        try await withTenantStore { store async throws in
            let origin = store.origin
            try await store.write { host throws in
                let notice = Notice(
                    Chores.done, to: PersonID(rawValue: "usr_1"), about: Subject("chore", id: "1"), ["name": "x"],
                    key: "k")
                try OutboxTable.add(notice, origin, host)
                var other = origin
                other.plugin = "others"
                try OutboxTable.withdraw(key: "k", other, host)
                #expect(try OutboxTable.nextDue(host) != nil)
                try OutboxTable.withdraw(key: "", origin, host)
                #expect(try OutboxTable.nextDue(host) != nil)
                try OutboxTable.withdraw(key: "k", origin, host)
                #expect(try OutboxTable.nextDue(host) == nil)
            }
            #expect(try await Self.lease(store).isEmpty)
            #expect(try await Self.state(store) == ["withdrawn"])
        }
    }

    @Test func `notes how sending went`() async throws {
        try await withTenantStore { store async throws in
            for _ in 0..<3 { try await Self.code(store) }
            let rows = try await Self.lease(store)
            let now = store.now
            try await store.write { host throws in
                try OutboxTable.record(.sent(.sms, reference: "SM1"), of: rows[0], now: now, host)
                try OutboxTable.record(.failed("busy", again: now + .seconds(9)), of: rows[1], now: now, host)
                try OutboxTable.record(.failed("no such number", again: nil), of: rows[2], now: now, host)
            }
            #expect(try await Self.state(store).sorted() == ["dead", "sent", "waiting"])
            #expect(try await store.write { try OutboxTable.nextDue($0) } == now + .seconds(9))
            #expect(try await Self.lease(store, after: 9).map(\.id) == [rows[1].id])
        }
    }

    @Test func `leaves a message withdrawn whose sending failed meanwhile`() async throws {
        try await withTenantStore { store async throws in
            try await Self.code(store)
            let row = try #require(try await Self.lease(store).first)
            let now = store.now
            try await store.write { host throws in
                try host.run("UPDATE portico_outbox SET state = 'withdrawn'")
                try OutboxTable.record(.failed("busy", again: now), of: row, now: now, host)
                try OutboxTable.record(.failed("never", again: nil), of: row, now: now, host)
            }
            #expect(try await Self.state(store) == ["withdrawn"])
        }
    }

    @Test func `forgets what was settled long ago and keeps what waits`() async throws {
        try await withTenantStore { store async throws in
            for _ in 0..<2 { try await Self.code(store) }
            let row = try #require(try await Self.lease(store, limit: 1).first)
            let now = store.now
            try await store.write { host throws in
                try OutboxTable.record(.sent(.sms, reference: nil), of: row, now: now, host)
                try OutboxTable.trim(before: now, host)
                #expect(try host.value("SELECT COUNT(*) FROM portico_outbox", as: Int.self) == 2)
                try OutboxTable.trim(before: now + .seconds(1), host)
            }
            #expect(try await Self.state(store) == ["waiting"])
        }
    }

    @Test func `refuses what would not open again`() async throws {
        try await withTenantStore { store async throws in
            for body in [String(repeating: "x", count: 100_001), "bell \u{7}"] {
                let error = await #expect(throws: StoreError.self) { try await Self.code(store, body) }
                #expect(error?.kind == .misuse)
            }
            #expect(try await Self.state(store).isEmpty)
        }
    }

    @Test func `keeps what messages say out of the file`() async throws {
        try await withTenantStore { store async throws in
            let origin = store.origin
            try await Self.code(store)
            try await store.write { host throws in
                let notice = Notice(
                    Chores.done, to: PersonID(rawValue: "usr_1"), about: Subject("chore", id: "1"),
                    ["name": "Wilhelmina"])
                try OutboxTable.add(notice, origin, host)
            }
            let log = try Data(contentsOf: URL(filePath: store.path + "-wal"))
            await store.database.close()
            let file = try Data(contentsOf: URL(filePath: store.path))
            #expect(file.count > 4096)
            for bytes in [Array(log), Array(file)] {
                for text in ["271828", "Wilhelmina", "+15550100001"] {
                    #expect(bytes.firstRange(of: Array(text.utf8)) == nil)
                }
            }
            // What is not sealed is there, so the search would have found it.
            #expect(Array(file).firstRange(of: Array("sign-in-code".utf8)) != nil)
        }
    }
}

@Suite struct `What a message says` {
    @Test(arguments: [
        MessageContent.template(values: ["name": " Ann ", "line": "a\nb"]), .template(values: [:]),
        .direct(channel: .email, address: "a@b.example", subject: "", body: " 1 "),
    ]) func `comes out of its seal as it went in`(_ content: MessageContent) {
        #expect(MessageContent(sealedBytes: content.sealedBytes) == content)
    }

    @Test func `is not read from anything else`() {
        #expect(MessageContent(sealedBytes: []) == nil)
        #expect(MessageContent(sealedBytes: Array("{\"values\":1}".utf8)) == nil)
    }

    @Test(arguments: [("de", "Fertig"), ("de-AT", "Fertig"), ("fr", "Fini"), ("pt", "Fini"), (nil, "Fini")])
    func `is in the person's language, else in the tenant's`(_ person: String?, _ body: String) throws {
        let type = NoticeType(
            "done", "", channels: [.sms], placeholders: [],
            texts: ["en": .init(body: "Done"), "de": .init(body: "Fertig"), "fr": .init(body: "Fini")])
        let tenant = Tenant(
            slug: "a", name: "A", zone: .utc, language: try #require(Language("fr")), origin: "http://a")
        let renderer = MessageRenderer(
            tenant: tenant, branding: BrandingSettings(), templates: .none, isPrivate: false)
        let words = renderer.notice(type, of: "a", for: person.flatMap { Language($0) }, on: .sms, [:])
        #expect(words.body == body)
    }

    @Test func `is in English where nothing else fits`() throws {
        let type = NoticeType(
            "done", "", channels: [.sms], placeholders: [], texts: ["en": .init(body: "Done")])
        let tenant = Tenant(
            slug: "a", name: "A", zone: .utc, language: try #require(Language("fr")), origin: "http://a")
        let renderer = MessageRenderer(
            tenant: tenant, branding: BrandingSettings(), templates: .none, isPrivate: false)
        #expect(renderer.notice(type, of: "a", for: nil, on: .sms, [:]).body == "Done")
    }
}
