import PluginAPI
import Synchronization
import Testing

@testable import Host

/// Does what it is told, message by message.
private final class ScriptedDriver: MessageDriver {
    private let state: Mutex<(script: [DeliveryFailure?], sent: [OutboundMessage])>

    init(_ script: [DeliveryFailure?]) { state = Mutex((script, [])) }

    var sent: [OutboundMessage] { state.withLock { $0.sent } }

    func send(_ message: OutboundMessage) async throws -> String? {
        let failure = state.withLock { state -> DeliveryFailure? in
            state.sent.append(message)
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        if let failure { throw failure }
        return "ref-\(message.id)"
    }
}

@Suite struct `The dispatcher` {
    private static func dispatcher(_ store: TenantStore, _ drivers: [Channel: any MessageDriver]) -> Dispatcher {
        let tenant = Tenant(slug: "lumen", name: "Lumen", zone: .utc, language: .english, origin: "http://lumen")
        return Dispatcher(
            tenant: tenant, database: store.database, instance: "this run",
            renderer: MessageRenderer(
                tenant: tenant, branding: BrandingSettings(), templates: .none, isPrivate: false),
            drivers: drivers, notices: ["chores": ["done": Chores.done]])
    }

    private static func person(
        _ store: TenantStore, phone: String? = nil, email: String? = nil, language: String? = nil
    ) async throws -> PersonID {
        var change = PersonChange()
        if let phone = phone.flatMap({ Phone($0) }) { change.phone = .set(phone) }
        if let email = email.flatMap({ Email($0) }) { change.email = .set(email) }
        if let language = language.flatMap({ Language($0) }) { change.language = .set(language) }
        let (wanted, origin) = (change, store.origin)
        return try await store.write { try People.add(wanted, origin, $0) }
    }

    private static func notify(_ person: PersonID, _ store: TenantStore) async throws {
        let origin = store.origin
        try await store.write { host throws in
            let notice = Notice(Chores.done, to: person, about: Subject("chore", id: "1"), ["name": "Wash"])
            try OutboxTable.add(notice, origin, host)
        }
    }

    private static func states(_ store: TenantStore) async throws -> [String] {
        try await store.write {
            try $0.values("SELECT state || ' ' || COALESCE(last_error, '') FROM portico_outbox", as: String.self)
        }
    }

    @Test func `sends by the first channel for which the person has an address, in the person's language`() async throws
    {
        try await withTenantStore { store async throws in
            let (sms, email) = (ScriptedDriver([]), ScriptedDriver([]))
            let dispatcher = Self.dispatcher(store, [.sms: sms, .email: email])
            try await Self.notify(
                try await Self.person(store, phone: "+15550100001", email: "a@b.example", language: "de-AT"), store)
            try await Self.notify(try await Self.person(store, email: "c@d.example"), store)
            #expect(try await dispatcher.sendDue(now: store.now) == 2)
            #expect(sms.sent.map { "\($0.to) \($0.body)" } == ["+15550100001 Wash fertig."])
            #expect(email.sent.map { "\($0.to) \($0.subject) \($0.body)" } == ["c@d.example Done Wash is done."])
            #expect(try await dispatcher.sendDue(now: store.now + .seconds(600)) == 0)
            #expect(try await Self.states(store) == ["sent ", "sent "])
        }
    }

    @Test func `gives up on a person who cannot be reached`() async throws {
        try await withTenantStore { store async throws in
            let sms = ScriptedDriver([])
            try await Self.notify(try await Self.person(store, email: "a@b.example"), store)
            try await Self.notify(PersonID(rawValue: "usr_gone"), store)
            #expect(try await Self.dispatcher(store, [.sms: sms]).sendDue(now: store.now) == 2)
            #expect(sms.sent.isEmpty)
            #expect(
                try await Self.states(store)
                    == Array(repeating: "dead the person has no address on a channel of this message", count: 2))
        }
    }

    @Test func `says so when a channel has no driver`() async throws {
        try await withTenantStore { store async throws in
            try await `The outbox`.code(store)
            #expect(try await Self.dispatcher(store, [:]).sendDue(now: store.now) == 1)
            #expect(try await Self.states(store) == ["dead no driver is configured for sms"])
        }
    }

    @Test func `tries again after a temporary failure, not before the provider said`() async throws {
        try await withTenantStore { store async throws in
            let sms = ScriptedDriver([
                DeliveryFailure(isTemporary: true, retryAfter: .seconds(40), reason: "busy"), nil,
            ])
            let dispatcher = Self.dispatcher(store, [.sms: sms])
            try await `The outbox`.code(store)
            #expect(try await dispatcher.sendDue(now: store.now) == 1)
            #expect(try await Self.states(store) == ["waiting busy"])
            #expect(try await dispatcher.sendDue(now: store.now + .seconds(39)) == 0)
            #expect(try await dispatcher.sendDue(now: store.now + .seconds(40)) == 1)
            #expect(sms.sent.count == 2)
            #expect(Set(sms.sent.map(\.id)).count == 1)
            #expect(try await Self.states(store) == ["sent "])
        }
    }

    @Test func `does not try again after a permanent failure`() async throws {
        try await withTenantStore { store async throws in
            let sms = ScriptedDriver([DeliveryFailure(isTemporary: false, retryAfter: nil, reason: "no such number")])
            let dispatcher = Self.dispatcher(store, [.sms: sms])
            try await `The outbox`.code(store)
            #expect(try await dispatcher.sendDue(now: store.now) == 1)
            #expect(try await Self.states(store) == ["dead no such number"])
            #expect(try await dispatcher.sendDue(now: store.now + .seconds(200)) == 0)
        }
    }

    @Test func `gives up after ten temporary failures`() async throws {
        try await withTenantStore { store async throws in
            let busy = DeliveryFailure(isTemporary: true, retryAfter: nil, reason: "busy")
            let sms = ScriptedDriver(Array(repeating: busy, count: 20))
            let dispatcher = Self.dispatcher(store, [.sms: sms])
            try await `The outbox`.code(store, expires: 1_000_000)
            var now = store.now
            while let next = try await store.write({ try OutboxTable.nextDue($0) }) {
                now = max(now, next)
                _ = try await dispatcher.sendDue(now: now)
            }
            #expect(sms.sent.count == 10)
            #expect(try await Self.states(store) == ["dead busy"])
        }
    }

    @Test func `captures a message once, however often it is handed over`() async throws {
        try await withTenantStore { store async throws in
            let driver = CaptureDriver(database: store.database)
            let message = OutboundMessage(
                id: "msg_1", channel: .sms, to: "+15550100001", subject: "", body: "Hello", createdAt: store.now)
            for _ in 0..<3 { #expect(try await driver.send(message) == nil) }
            let captured = try await store.write { host throws in
                #expect(try CaptureDriver.messages(channel: "email", to: nil, host).isEmpty)
                #expect(try CaptureDriver.messages(channel: nil, to: "+1555", host).isEmpty)
                return try CaptureDriver.messages(channel: "sms", to: "+15550100001", host)
            }
            #expect(captured.map(\.id) == ["msg_1"])
            #expect(captured.map(\.body) == ["Hello"])
        }
    }
}
