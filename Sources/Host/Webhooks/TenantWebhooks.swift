import Database
import HTTPServer
import PluginAPI

/// A tenant's webhooks at work: makes messages of events, sends what is due, notes how it went (contract §7).
///
/// Events are read from the log behind a place that moves in the transaction that keeps the messages, so each is told at
/// least once, whatever happens to the process; a message keeps its id however often it is sent.
final class TenantWebhooks: Sendable {
    let tenant: Tenant
    /// Names the tenant in counters.
    let number: UInt32
    let database: Database
    let plugins: [(any InstalledPlugin)?]
    /// Pauses between tries, in seconds; after the last one a message is given up.
    let schedule: [Int]
    let means: WebhookMeans
    let log: any Log
    /// Mails to the owner of a webhook, in the transaction that stops it.
    let send: TenantAuth.Send

    /// Events made into messages in one go, and messages looked at of one webhook.
    static let batch = 50, glance = 4
    /// How long a message is held for the one who sends it; after a crash it is due again then.
    private static let lease = Duration.seconds(60)
    /// How long what finds no place waits before it is looked at again.
    static let again = Duration.seconds(5)
    /// Failures in a row after which a webhook is sent one message at a time.
    private static let probing = 3

    init(
        tenant: Tenant, number: UInt32, database: Database, plugins: [(any InstalledPlugin)?], schedule: [Int],
        means: WebhookMeans, log: any Log, send: @escaping TenantAuth.Send
    ) {
        self.tenant = tenant
        self.number = number
        self.database = database
        self.plugins = plugins
        self.schedule = schedule
        self.means = means
        self.log = log
        self.send = send
    }

    /// Makes messages of what has happened, and begins to send what is due. Sending is not waited for.
    ///
    /// - Returns: how many events and messages were taken up; 0 when nothing is to be done now.
    func workDue(now: Instant) async throws -> Int {
        let (made, due) = try await database.write(as: .host) { [self] session -> (Int, [Due]) in
            let host = HostWriter(session)
            let webhooks = try WebhookTable.all(host)
            guard !webhooks.isEmpty else { return (0, []) }
            let made = try spread(webhooks, now: now, host)
            let due = try webhooks.flatMap { webhook in
                try WebhookTable.due(webhook, at: now, limit: Self.glance, host).map {
                    Due(webhook: webhook, delivery: $0)
                }
            }
            return (made, due)
        }
        let placed = due.filter { each in
            means.places.take(
                tenant: number, webhook: each.webhook.id, isProbe: each.webhook.failures >= Self.probing
            ) { [weak self] in
                guard let self else { return }
                Task.detached { await self.wake() }
            }
        }
        guard !placed.isEmpty else { return made }
        do {
            let instance = means.instance
            let leased = try await database.write(as: .host) { session in
                try placed.map {
                    try WebhookTable.lease(
                        $0.delivery.number, at: now, for: Self.lease, by: instance, HostWriter(session))
                }
            }
            for (each, isOurs) in zip(placed, leased) {
                if isOurs {
                    Task.detached { [self] in await deliver(each) }
                } else {
                    means.places.giveBack(tenant: number, webhook: each.webhook.id)
                }
            }
            return made + leased.count { $0 }
        } catch {
            for each in placed { means.places.giveBack(tenant: number, webhook: each.webhook.id) }
            throw error
        }
    }

    struct Due: Sendable {
        let webhook: Webhook
        let delivery: WebhookDelivery
    }

    /// There is room again.
    private func wake() async {
        let now = means.clock.now
        try? await database.write(as: .host) { session in HostWriter(session).note(WorkDue(at: now)) }
    }

    /// When there is something to do.
    func nextDue(now: Instant, _ host: HostWriter) throws -> Instant? {
        let webhooks = try WebhookTable.all(host)
        guard !webhooks.isEmpty else { return nil }
        let page = try EventTable.page(
            after: WebhookTable.place(host), names: means.catalogue.eventNames, limit: 1, host)
        if !page.events.isEmpty { return now }
        return try WebhookTable.nextDue(now: now, again: Self.again, host)
    }
}
