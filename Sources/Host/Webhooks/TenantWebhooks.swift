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
    private static let batch = 50, glance = 4
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

    private struct Due: Sendable {
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

// Messages of events.
extension TenantWebhooks {
    private func spread(_ webhooks: [Webhook], now: Instant, _ host: HostWriter) throws -> Int {
        let place = try WebhookTable.place(host)
        let page = try EventTable.page(after: place, names: means.catalogue.eventNames, limit: Self.batch, host)
        guard page.to > place else { return 0 }
        let active = webhooks.filter { $0.state == .active }
        if !active.isEmpty, !page.events.isEmpty {
            var open: [Webhook] = []
            for webhook in active {
                if try WebhookTable.isFull(webhook.id, host) {
                    try stop(webhook, as: .paused, because: "too many messages wait", now: now, host)
                } else {
                    open.append(webhook)
                }
            }
            for event in page.events {
                for (name, body) in messages(of: event) {
                    for webhook in open where webhook.wants(name) {
                        try WebhookTable.add(
                            new(webhook.id, event, name, body), now: now, host)
                    }
                }
            }
        }
        try WebhookTable.move(to: page.to, host)
        return page.events.count
    }

    private func new(
        _ webhook: String, _ event: LoggedEvent, _ name: String, _ body: [UInt8]
    ) -> WebhookTable.NewDelivery {
        WebhookTable.NewDelivery(
            webhook: webhook, eventID: event.id, event: name, body: body, requestID: event.requestID,
            happenedAt: event.at)
    }

    /// What an event is called and says on the wire. What a plugin cannot tell is left out, and the log says so.
    private func messages(of event: LoggedEvent) -> [(name: String, body: [UInt8])] {
        means.catalogue.made(from: event.name).compactMap { entry in
            do {
                guard
                    let data = try plugins[entry.plugin]?.webhook(entry.number, try JSONDocument(event.payload))
                else { return nil }
                let name = entry.declaration.name
                return (name, Self.body(name, at: event.at, data: data))
            } catch {
                log.write(
                    .error, "an event cannot be told to webhooks", ["event": event.name, "error": "\(error)"])
                return nil
            }
        }
    }

    /// The payload of seed 003, with the time to the second as it has it.
    static func body(_ event: String, at: Instant, data: [UInt8]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("event")
        writer.value(event)
        writer.key("timestamp")
        writer.value(Instant(seconds: at.seconds))
        writer.key("data")
        writer.value(encoded: data)
        writer.endObject()
        return writer.bytes
    }

    /// Sends again, or for the first time, what happened in a time.
    ///
    /// - Returns: how many messages, and from when on more can be asked for, if there were more.
    func replay(
        _ webhook: Webhook, since: Instant, until: Instant, limit: Int, now: Instant, _ host: HostWriter
    ) throws -> (count: Int, next: Instant?) {
        let sent = try WebhookTable.deliveries(of: webhook.id, since: since, until: until, limit: limit + 1, host)
        let names = means.catalogue.entries.filter { webhook.wants($0.declaration.name) }.map(\.declaration.event)
        let missed = try WebhookTable.missed(
            by: webhook.id, names: Array(Set(names)), since: since, until: until, limit: limit + 1, host)
        let moments = (sent.map(\.at) + missed.map(\.at)).sorted()
        // Everything of one moment goes together, so that going on from a moment leaves nothing out.
        var next = moments.count > limit ? moments[limit] : nil
        if let first = moments.first, next == first { next = first + .microseconds(1) }
        var count = 0
        for each in sent where next.map({ each.at < $0 }) ?? true {
            try WebhookTable.replay(each.number, now: now, host)
            count += 1
        }
        for event in missed where next.map({ event.at < $0 }) ?? true {
            for (name, body) in messages(of: event) where webhook.wants(name) {
                if try WebhookTable.add(new(webhook.id, event, name, body), now: now, host) != nil { count += 1 }
            }
        }
        return (count, next)
    }

    /// A message for the test button: under the same rules as any, but sent once.
    ///
    /// - Returns: its id.
    func test(_ webhook: Webhook, requestID: String, now: Instant, _ host: HostWriter) throws -> String {
        let data: JSON = ["webhook_id": .string(webhook.id)]
        let body = Self.body(Self.testEvent, at: now, data: Array(data.text.utf8))
        let id = try WebhookTable.add(
            WebhookTable.NewDelivery(
                webhook: webhook.id, eventID: nil, event: Self.testEvent, body: body, requestID: requestID,
                happenedAt: now), now: now, host)
        // Tests are of no event, so nothing is there already.
        guard let id else { throw StoreError(.misuse, "a test of a webhook could not be kept") }
        return id
    }

    /// What a test calls itself.
    static let testEvent = "webhook.test"
}

// Sending.
extension TenantWebhooks {
    private func deliver(_ due: Due) async {
        let began = means.clock.now
        let started = ContinuousClock.now
        var request: WebhookRequest?
        var outcome = WebhookOutcome.failed("the address is none that can be sent to")
        if let url = try? means.target.check(due.webhook.endpoint) {
            let made = WebhookRequest(
                due.delivery, to: url, secrets: due.webhook.secrets(at: began), policy: means.target.policy, now: began)
            request = made
            do throws(ClientError) {
                outcome = .answered(try await means.client.send(made.request))
            } catch {
                outcome = WebhookOutcome(error)
            }
        }
        let now = means.clock.now
        let attempt = WebhookAttempt(
            number: due.delivery.attemptsBefore + due.delivery.attempts + 1, at: began,
            milliseconds: Int((ContinuousClock.now - started) / .milliseconds(1)), status: outcome.status,
            error: outcome.error, request: request?.shown ?? "",
            response: { if case .answered(let response) = outcome { WebhookRequest.shown(response) } else { "" } }())
        means.places.giveBack(tenant: number, webhook: due.webhook.id)
        do {
            let settled = outcome
            try await database.write(as: .host) { [self] session in
                try record(settled, attempt, due.delivery, now: now, HostWriter(session))
            }
        } catch let error as StoreError where error.kind == .closed {
            // The process ends; the lease does too, and the message is sent again.
        } catch {
            log.write(
                .error, "how a webhook went could not be noted",
                ["webhook": due.webhook.id, "delivery": due.delivery.id, "error": "\(error)"])
        }
    }

    private func record(
        _ outcome: WebhookOutcome, _ attempt: WebhookAttempt, _ delivery: WebhookDelivery, now: Instant,
        _ host: HostWriter
    ) throws {
        guard case .notTried = outcome else {
            try WebhookTable.note(
                success: outcome.isSuccess, status: outcome.status, of: delivery.webhook, now: now, host)
            return try settle(outcome, attempt, delivery, now: now, host)
        }
        try WebhookTable.putBack(delivery, until: now + Self.again, host)
    }

    private func settle(
        _ outcome: WebhookOutcome, _ attempt: WebhookAttempt, _ delivery: WebhookDelivery, now: Instant,
        _ host: HostWriter
    ) throws {
        if outcome.isSuccess {
            return try WebhookTable.record(attempt, of: delivery, .delivered, again: nil, now: now, host)
        }
        let webhook = try WebhookTable.find(delivery.webhook, host)
        if outcome.status == 410, !delivery.isTest {
            try WebhookTable.record(attempt, of: delivery, .failed, again: nil, now: now, host)
            if let webhook, webhook.state == .active {
                try stop(webhook, as: .gone, because: "the receiver answered 410 Gone", now: now, host)
            }
            return
        }
        if !delivery.isTest, delivery.attempts < schedule.count {
            let again = now + pause(after: delivery.attempts, outcome.retryAfter(now: now))
            return try WebhookTable.record(attempt, of: delivery, .waiting, again: again, now: now, host)
        }
        try WebhookTable.record(attempt, of: delivery, .failed, again: nil, now: now, host)
        // Nothing has arrived for as long as this message was tried.
        if let webhook, !delivery.isTest, webhook.state == .active,
            webhook.lastSuccessAt.map({ $0 < delivery.createdAt }) ?? true
        {
            try stop(webhook, as: .paused, because: attempt.error ?? "no success", now: now, host)
        }
    }

    /// The pause after so many tries before this one, with up to a tenth added by chance so that what failed together does
    /// not come back together; longer when the receiver asks for it, but a day at most.
    private func pause(after tries: Int, _ wanted: Duration?) -> Duration {
        let seconds = schedule.indices.contains(tries) ? schedule[tries] : 0
        let regular = Duration.milliseconds(seconds * 1000 + Int.random(in: 0...seconds * 100))
        return max(regular, min(wanted ?? .zero, .seconds(86_400)))
    }

    private func stop(
        _ webhook: Webhook, as state: Webhook.State, because reason: String, now: Instant, _ host: HostWriter
    ) throws {
        let origin = Origin(plugin: Owner.host.id, requestID: "webhooks", now: now)
        try WebhookTable.stop(webhook, as: state, because: reason, origin, host)
        guard let email = try People.person(webhook.owner, host)?.email else { return }
        try send(.webhookStopped(webhook, reason, to: email, of: tenant, now: now), origin, host)
    }
}

extension Letter {
    /// Tells the owner of a webhook that nothing is sent to it any more.
    fileprivate static func webhookStopped(
        _ webhook: Webhook, _ reason: String, to email: Email, of tenant: Tenant, now: Instant
    ) -> Letter {
        // What others have written goes into a letter on one line, and cut short.
        func line(_ text: String) -> String {
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(300)))
        }
        return Letter(
            type: "webhook-stopped", channel: .email, address: email.text,
            subject: "\(tenant.name): A webhook was stopped",
            body: """
                Nothing is sent to this webhook any more:

                \(line(webhook.endpoint))

                The reason: \(line(reason)). What has happened in the last seven days can be sent again once the webhook is \
                switched on: \(tenant.origin)
                """, expiresAt: now + .seconds(7 * 86_400))
    }
}

/// What the webhooks of all tenants share.
struct WebhookMeans: Sendable {
    let client: HTTPClient
    let target: WebhookTarget
    let places: WebhookPlaces
    let catalogue: WebhookCatalogue
    let clock: any TimeSource
    /// Names this run of the host: leases of earlier runs are void.
    let instance: String
}
