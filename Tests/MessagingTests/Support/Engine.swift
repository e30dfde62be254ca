import HTTPServer
import PluginAPI
import Synchronization

@testable import Host

/// Does what it is told, message by message.
final class ScriptedDriver: MessageDriver {
    private let state: Mutex<(script: [DeliveryFailure?], sent: [OutboundMessage])>
    let confirmsDelivery: Bool

    init(_ script: [DeliveryFailure?] = [], confirmsDelivery: Bool = false) {
        state = Mutex((script, []))
        self.confirmsDelivery = confirmsDelivery
    }

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

/// The engine of one tenant over a real database, with drivers of the test's own.
struct Engine {
    let store: TenantStore

    static let busy = DeliveryFailure(isTemporary: true, retryAfter: nil, reason: "busy")
    static let gone = DeliveryFailure(isTemporary: false, retryAfter: nil, reason: "no such number")

    func dispatcher(
        _ drivers: [Channel: any MessageDriver], instance: String = "this run", schedule: [Int] = [10, 10],
        breakers: CircuitBreakers = CircuitBreakers()
    ) -> Dispatcher {
        let types = Herald.manifest.notices.map { ($0.name, $0) }
        let tenant = Tenant(slug: "lumen", name: "Lumen", zone: .utc, language: .english, origin: "http://lumen")
        return Dispatcher(
            tenant: tenant,
            database: store.database, instance: instance,
            renderer: MessageRenderer(
                tenant: tenant, branding: BrandingSettings(), templates: .none, isPrivate: false), drivers: drivers,
            notices: ["herald": Dictionary(types, uniquingKeysWith: { first, _ in first })],
            settings: DeliverySettings(retryScheduleSeconds: schedule), breakers: breakers)
    }

    func person(phone: String? = "+15550100001", email: String? = nil) async throws -> PersonID {
        var change = PersonChange()
        if let phone = phone.flatMap({ Phone($0) }) { change.phone = .set(phone) }
        if let email = email.flatMap({ Email($0) }) { change.email = .set(email) }
        let (wanted, origin) = (change, store.origin)
        return try await store.write { try People.add(wanted, origin, $0) }
    }

    func notify(
        _ person: PersonID, _ text: String = "one", key: String = "", notBefore: Instant? = nil,
        notAfter: Instant? = nil
    ) async throws {
        let origin = store.origin
        try await store.write { host throws in
            let notice = Notice(
                Herald.update, to: person, about: Subject("thing", id: "1"), ["text": text], notBefore: notBefore,
                notAfter: notAfter, key: key)
            try OutboxTable.add(notice, origin, host)
        }
    }

    /// A one-time code by text message.
    func code(_ body: String = "Your code is 271828.", expires seconds: Int64 = 300) async throws {
        let origin = store.origin
        try await store.write {
            try OutboxTable.addDirect(
                "sign-in-code", channel: .sms, to: "+15550100001", subject: "", body: body,
                expiresAt: origin.now + .seconds(seconds), origin, $0)
        }
    }

    func deliveries(outside: Bool = true) async throws -> [Delivery] {
        try await store.write {
            try $0.all("SELECT * FROM portico_delivery ORDER BY id", as: Delivery.self)
        }.filter { !outside || $0.channel != .inApp }
    }

    func states() async throws -> [String] {
        try await deliveries().map { "\($0.channel.rawValue) \($0.state.rawValue) \($0.lastError ?? "")" }
    }

    func trace(_ delivery: Delivery) async throws -> [String] {
        try await store.write { try TraceTable.steps(of: delivery, $0) }
            .map { "\($0.verdict.rule) \($0.verdict.verdict)" }
    }

    func nextDue() async throws -> Instant? {
        try await store.write { host throws in
            [try OutboxTable.nextDue(host), try DeliveryTable.nextDue(host)].compactMap { $0 }.min()
        }
    }
}

/// Lends an engine.
func withEngine(_ body: (Engine) async throws -> Void) async throws {
    try await withTenantStore { try await body(Engine(store: $0)) }
}
