import Database
import FoundationEssentials
import PluginAPI
import Testing

@testable import Host

@Suite struct `The outbox` {
    private static func due(_ engine: Engine, after seconds: Int64 = 0, limit: Int = 10) async throws -> [OutboxRow] {
        let now = engine.store.now + .seconds(seconds)
        return try await engine.store.write { try OutboxTable.due(at: now, limit: limit, $0) }
    }

    @Test func `gives no more than asked, the earliest first`() async throws {
        try await withEngine { engine async throws in
            let person = PersonID(rawValue: "usr_1")
            for delay in [3, 1, 2] as [Int64] {
                try await engine.notify(person, "\(delay)", notBefore: engine.store.now + .seconds(delay))
            }
            #expect(try await Self.due(engine).isEmpty)
            let rows = try await Self.due(engine, after: 5, limit: 2)
            #expect(rows.map(\.content) == [.template(values: ["text": "1"]), .template(values: ["text": "2"])])
        }
    }

    @Test func `takes back by key what was not sent, of this plugin alone`() async throws {
        try await withEngine { engine async throws in
            try await engine.notify(PersonID(rawValue: "usr_1"), key: "k")
            let origin = engine.store.origin
            try await engine.store.write { host throws in
                var other = origin
                other.plugin = "other"
                try OutboxTable.withdraw(key: "k", other, host)
                #expect(try OutboxTable.nextDue(host) != nil)
                try OutboxTable.withdraw(key: "", origin, host)
                #expect(try OutboxTable.nextDue(host) != nil)
                try OutboxTable.withdraw(key: "k", origin, host)
                #expect(try OutboxTable.nextDue(host) == nil)
            }
            #expect(try await Self.due(engine).isEmpty)
        }
    }

    @Test func `leaves what was taken back as it is when its sending failed meanwhile`() async throws {
        try await withEngine { engine async throws in
            let now = engine.store.now
            try await engine.code()
            let dispatcher = engine.dispatcher([.sms: ScriptedDriver()])
            let row = try #require(
                try await engine.store.write { host throws in
                    _ = try dispatcher.planDue(now: now, host)
                    return try DeliveryTable.lease(at: now, for: .seconds(60), by: "this run", limit: 1, host)
                }.first)
            try await engine.store.write { host throws in
                try host.run("UPDATE portico_delivery SET state = 'withdrawn'")
                try DeliveryTable.record(.failed("busy", again: now), of: row, now: now, host)
                try DeliveryTable.record(.failed("never", again: nil), of: row, now: now, host)
            }
            #expect(try await engine.deliveries().map(\.state) == [.withdrawn])
        }
    }

    @Test func `forgets what was settled long ago with its trace, and keeps what waits`() async throws {
        try await withEngine { engine async throws in
            let (now, sms) = (engine.store.now, ScriptedDriver([nil, Engine.busy]))
            for _ in 0..<2 { try await engine.code(expires: 10_000) }
            _ = try await engine.dispatcher([.sms: sms]).sendDue(now: now)
            try await engine.store.write { host throws in
                func count(_ sql: SQL) throws -> Int { try host.value(sql, as: Int.self) ?? 0 }
                try DeliveryTable.trim(before: now, host)
                #expect(try count("SELECT COUNT(*) FROM portico_outbox") == 2)
                try DeliveryTable.trim(before: now + .seconds(1), host)
                #expect(try count("SELECT COUNT(*) FROM portico_outbox") == 1)
                #expect(try count("SELECT COUNT(*) FROM portico_delivery") == 1)
                #expect(try count("SELECT COUNT(DISTINCT message_id) FROM portico_trace") == 1)
            }
        }
    }

    @Test func `refuses what would not open again`() async throws {
        try await withEngine { engine async throws in
            for body in [String(repeating: "x", count: 100_001), "bell \u{7}"] {
                let error = await #expect(throws: StoreError.self) { try await engine.code(body) }
                #expect(error?.kind == .misuse)
            }
            #expect(try await Self.due(engine).isEmpty)
        }
    }

    @Test func `keeps what messages say, and to whom, out of the file`() async throws {
        try await withEngine { engine async throws in
            let ann = try await engine.person(phone: nil, email: "a@b.example")
            let device = DeviceRegistration(
                platform: .web, deviceToken: #"{"endpoint":"https://p.example/topsecret"}"#, deviceId: "browser")
            let origin = engine.store.origin
            _ = try await engine.store.write { try DeviceTable.register(device, of: ann, origin, $0) }
            try await engine.code()
            try await engine.notify(ann, "Wilhelmina")
            let drivers: [Channel: any MessageDriver] = [
                .sms: ScriptedDriver(), .email: ScriptedDriver(), .push: ScriptedDriver(),
            ]
            _ = try await engine.dispatcher(drivers).sendDue(now: engine.store.now)
            let log = try Data(contentsOf: URL(filePath: engine.store.path + "-wal"))
            await engine.store.database.close()
            let file = try Data(contentsOf: URL(filePath: engine.store.path))
            #expect(file.count > 4096)
            for bytes in [Array(log), Array(file)] {
                for text in ["271828", "Wilhelmina", "+15550100001", "topsecret"] {
                    #expect(bytes.firstRange(of: Array(text.utf8)) == nil, "\(text)")
                }
            }
            // What is not sealed is there, so the search would have found it.
            #expect(Array(file).firstRange(of: Array("sign-in-code".utf8)) != nil)
        }
    }

    @Test func `captures a message once, however often it is handed over`() async throws {
        try await withEngine { engine async throws in
            let driver = CaptureDriver(database: engine.store.database)
            let message = OutboundMessage(
                id: "msg_1", channel: .sms, to: "+15550100001", subject: "", body: "Hello",
                createdAt: engine.store.now)
            for _ in 0..<3 { #expect(try await driver.send(message) == nil) }
            let captured = try await engine.store.write { host throws in
                #expect(try CaptureDriver.messages(channel: "email", to: nil, host).isEmpty)
                #expect(try CaptureDriver.messages(channel: nil, to: "+1555", host).isEmpty)
                return try CaptureDriver.messages(channel: "sms", to: "+15550100001", host)
            }
            #expect(captured.map(\.body) == ["Hello"])
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
}
