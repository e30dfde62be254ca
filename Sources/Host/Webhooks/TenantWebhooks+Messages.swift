import PluginAPI

extension TenantWebhooks {
    /// Makes messages of the events behind the place, and moves it.
    ///
    /// - Returns: how many events there were.
    func spread(_ webhooks: [Webhook], now: Instant, _ host: HostWriter) throws -> Int {
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
