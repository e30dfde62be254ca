import PluginAPI

/// A tenant's webhooks over the API (contract §7, §8).
extension Route<PorticoAPI> {
    private static let base = PorticoAPI.webhooksBase

    static let listWebhooks = Route.get(
        base, .reading(PorticoAPI.listWebhooks), needs: .permission(.readWebhooks), "The webhooks, the newest in front."
    )
    static let addWebhook = Route.post(
        base, .transactional(PorticoAPI.addWebhook), needs: .permission(.writeWebhooks),
        refuses: [WebhookRefusal.self], "Makes a webhook. Its secret is in this answer and nowhere else.")
    static let listWebhookEvents = Route.get(
        base + "/events", .reading(PorticoAPI.listWebhookEvents), needs: .permission(.readWebhooks),
        "What webhooks can be told of.")
    static let getWebhook = Route.get(
        base + "/{id}", .reading(PorticoAPI.getWebhook), needs: .permission(.readWebhooks), "One webhook.")
    static let changeWebhook = Route.patch(
        base + "/{id}", .transactional(PorticoAPI.changeWebhook), needs: .permission(.writeWebhooks),
        "Changes a webhook, or switches it on and off.")
    static let removeWebhook = Route.delete(
        base + "/{id}", .transactional(PorticoAPI.removeWebhook), needs: .permission(.writeWebhooks),
        "Removes a webhook with all its messages.")
    static let rotateWebhook = Route.post(
        base + "/{id}/rotate", .transactional(PorticoAPI.rotateWebhook), needs: .permission(.writeWebhooks),
        status: 200,
        "Gives a webhook another secret; for some hours messages are signed with both.")
    static let testWebhook = Route.post(
        base + "/{id}/test", .transactional(PorticoAPI.testWebhook), needs: .permission(.writeWebhooks),
        limits: [.per(.person, .init(30, each: .seconds(60)))], status: 202,
        "Sends webhook.test, once and under the rules of every message; the list of deliveries says how it went.")
    static let listWebhookDeliveries = Route.get(
        base + "/{id}/deliveries", .reading(PorticoAPI.listWebhookDeliveries), needs: .permission(.readWebhooks),
        "What was sent, the newest in front.")
    static let getWebhookDelivery = Route.get(
        base + "/{id}/deliveries/{delivery}", .reading(PorticoAPI.getWebhookDelivery),
        needs: .permission(.readWebhooks), "One message with every try.")
    static let replayWebhookDelivery = Route.post(
        base + "/{id}/deliveries/{delivery}/replay", .transactional(PorticoAPI.replayWebhookDelivery),
        needs: .permission(.writeWebhooks), status: 202, "Sends a message again, under its id.")
    static let replayWebhook = Route.post(
        base + "/{id}/replay", .transactional(PorticoAPI.replayWebhook), needs: .permission(.writeWebhooks),
        status: 202,
        "Sends one message again, or what happened in a time, at most 1,000 at once.")
}

/// What webhooks refuse beyond what every route can.
enum WebhookRefusal: Refusal {
    case tooMany

    var problem: Problem {
        .conflict("TOO_MANY_WEBHOOKS", "There are as many webhooks as there can be.")
    }
}

extension PorticoAPI {
    static let webhooksBase = WebhookMount.base
    /// Messages sent again at once.
    private static let replayLimit = 1_000

    func listWebhooks(
        _ asked: OwnListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<WebhookShown> {
        try tx.host { tables in
            let found = try WebhookTable.page(asked.page, limit: asked.limit, tables)
            return Page(
                found.webhooks.map { WebhookShown($0) },
                PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
        }
    }

    func listWebhookEvents(
        _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> [WebhookEventShown] {
        webhookEvents.map { WebhookEventShown(name: $0.name, summary: $0.summary) }
    }

    func getWebhook(_ named: WebhookNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> WebhookShown
    {
        try tx.host { WebhookShown(try Self.webhook(named.id, $0)) }
    }

    func addWebhook(_ asked: WebhookAsked, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> WebhookShown {
        try check(asked.endpoint, asked.events)
        let secret = try Self.secret(asked.secret)
        return try tx.host { tables, origin in
            let new = WebhookTable.New(
                endpoint: asked.endpoint, description: asked.description, secret: secret, events: asked.events,
                isActive: asked.active)
            guard let id = try WebhookTable.add(new, origin, tables) else { throw WebhookRefusal.tooMany }
            return WebhookShown(try Self.webhook(id, tables), isNew: true)
        }
    }

    func changeWebhook(
        _ asked: WebhookChanging, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> WebhookShown {
        let (endpoint, events) = (try asked.endpoint.value("endpoint"), try asked.events.value("events"))
        let active = try asked.active.value("active")
        try check(endpoint, events)
        return try tx.host { tables, origin in
            let webhook = try Self.webhook(asked.id, tables)
            let description: String? =
                switch asked.description {
                case .keep: nil
                case .clear: ""
                case .set(let text): text
                }
            try WebhookTable.change(
                webhook, endpoint: endpoint, description: description, events: events, isActive: active, origin, tables)
            return WebhookShown(try Self.webhook(asked.id, tables))
        }
    }

    func removeWebhook(_ named: WebhookNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try tx.host { tables, origin in
            try WebhookTable.remove(try Self.webhook(named.id, tables), origin, tables)
            return NoContent()
        }
    }

    func rotateWebhook(
        _ asked: WebhookRotating, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> WebhookShown {
        let secret = try Self.secret(asked.secret)
        return try tx.host { tables, origin in
            let webhook = try Self.webhook(asked.id, tables)
            try WebhookTable.rotate(
                webhook, to: secret, overlap: .seconds(asked.overlapHours * 3600), origin, tables)
            return WebhookShown(try Self.webhook(asked.id, tables), isNew: true)
        }
    }

    func testWebhook(
        _ named: WebhookNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> WebhookDeliveryShown {
        let webhooks = try webhooks
        return try tx.host { tables, origin in
            let webhook = try Self.webhook(named.id, tables)
            let id = try webhooks.test(webhook, requestID: origin.requestID, now: origin.now, tables)
            return WebhookDeliveryShown(try Self.delivery(id, of: webhook.id, tables))
        }
    }

    func listWebhookDeliveries(
        _ asked: WebhookDeliveriesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<WebhookDeliveryShown> {
        try tx.host { tables in
            let webhook = try Self.webhook(asked.id, tables)
            let found = try WebhookTable.deliveries(
                of: webhook.id, state: asked.state, page: asked.page, limit: asked.limit, tables)
            return Page(
                found.deliveries.map { WebhookDeliveryShown($0) },
                PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
        }
    }

    func getWebhookDelivery(
        _ named: WebhookDeliveryNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> WebhookDeliveryShown {
        try tx.host { tables in
            let delivery = try Self.delivery(named.delivery, of: named.id, tables)
            return WebhookDeliveryShown(
                delivery, attempts: try WebhookTable.attempts(of: delivery.number, tables))
        }
    }

    func replayWebhookDelivery(
        _ named: WebhookDeliveryNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> WebhookReplayed {
        try tx.host { tables, origin in
            let delivery = try Self.delivery(named.delivery, of: named.id, tables)
            try WebhookTable.replay(delivery.number, now: origin.now, tables)
            try audit(named.id, ["delivery": .string(delivery.id)], origin, tables)
            return WebhookReplayed(count: 1, next: nil)
        }
    }

    func replayWebhook(
        _ asked: WebhookReplayAsked, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> WebhookReplayed {
        if let delivery = asked.delivery {
            guard asked.since == nil, asked.until == nil else {
                throw Problem.invalid("delivery", .notAllowed, "stands alone")
            }
            return try replayWebhookDelivery(
                WebhookDeliveryNamed(id: asked.id, delivery: delivery), tx, call)
        }
        guard let since = asked.since else { throw Problem.invalid("since", .missing, "is required") }
        // What has happened at this very moment is part of it.
        let until = min(asked.until ?? .maximum, call.now + .microseconds(1))
        let webhooks = try webhooks
        return try tx.host { tables, origin in
            let webhook = try Self.webhook(asked.id, tables)
            let (count, next) = try webhooks.replay(
                webhook, since: since, until: until, limit: Self.replayLimit, now: origin.now, tables)
            try audit(
                webhook.id, ["since": .string("\(since)"), "until": .string("\(next ?? until)")], origin, tables)
            return WebhookReplayed(count: count, next: next)
        }
    }

    private func audit(_ webhook: String, _ details: JSON, _ origin: Origin, _ tables: HostWriter) throws {
        try AuditTable.append(
            AuditEntry("webhook.replayed", on: Subject("webhook", id: webhook), details: details), origin, tables)
    }

    /// The tenant's webhooks at work.
    private var webhooks: TenantWebhooks {
        get throws {
            guard let webhooks = host.webhooks.current else { throw Problem.unavailable }
            return webhooks
        }
    }

    /// What this tenant's plugins can tell.
    private var webhookEvents: [WebhookEventDeclaration] { host.definitions.flatMap(\.webhooks) }

    private func check(_ endpoint: String?, _ events: [WebhookPattern]?) throws {
        if let endpoint { _ = try host.webhookTarget.check(endpoint) }
        for (place, pattern) in (events ?? []).enumerated()
        where pattern.text != "*" && !webhookEvents.contains(where: { pattern.matches($0.name) }) {
            let known = webhookEvents.map(\.name).joined(separator: ", ")
            throw Problem.invalid("events[\(place)]", .notAllowed, "must match one of \(known)")
        }
    }

    private static func secret(_ text: String?) throws -> WebhookSecret {
        guard let text else { return WebhookSecret() }
        guard let secret = WebhookSecret(text) else {
            throw Problem.invalid("secret", .format, "must be whsec_ and 24 to 64 bytes in base64")
        }
        return secret
    }

    private static func webhook(_ id: String, _ tables: some Queries) throws -> Webhook {
        guard let webhook = try WebhookTable.find(id, tables) else { throw Problem.notFound }
        return webhook
    }

    private static func delivery(_ id: String, of webhook: String, _ tables: some Queries) throws -> WebhookDelivery {
        guard let delivery = try WebhookTable.delivery(id, of: webhook, tables) else { throw Problem.notFound }
        return delivery
    }
}

extension Change {
    /// What is set; nil when nothing is.
    ///
    /// - Throws: ``Problem`` 400 for null, where there is nothing to empty.
    fileprivate func value(_ field: String) throws(Problem) -> Value? {
        switch self {
        case .keep: nil
        case .clear: throw .invalid(field, .type, "must not be null")
        case .set(let value): value
        }
    }
}
