import Database
import PluginAPI

/// What is handed to a driver at once: one delivery, or all of a digest.
struct Parcel: Sendable {
    enum Content: Sendable {
        case message(OutboundMessage)
        /// Nothing is sent.
        case settled(DeliveryResult)
    }

    let deliveries: [Delivery]
    let content: Content
    /// The address as it is kept. A device's secret is not.
    let shownAddress: String
}

extension Dispatcher {
    /// Puts what was leased into words, with addresses as they are now.
    func parcels(_ due: [Delivery], now: Instant, _ host: HostWriter) throws(StoreError) -> [Parcel] {
        var parcels: [Parcel] = []
        var groups: [String: [Delivery]] = [:]
        var order: [String] = []
        for delivery in due {
            let content = try OutboxTable.content(of: delivery.message, host)
            switch content {
            case nil:
                parcels.append(Self.settled(delivery, .failed("the message is gone", again: nil)))
            case .direct(let channel, let address, let subject, let body)?:
                let message = composer.letter(delivery, by: channel, to: address, subject: subject, body: body)
                parcels.append(
                    Parcel(deliveries: [delivery], content: .message(message), shownAddress: address))
            case .template?:
                if let result = try recheck(delivery, now: now, host) {
                    parcels.append(Self.settled(delivery, result))
                    continue
                }
                let key = delivery.batch ?? delivery.id
                if groups[key] == nil { order.append(key) }
                groups[key, default: []].append(delivery)
            }
        }
        for key in order { parcels.append(try parcel(groups[key] ?? [], host)) }
        return parcels
    }

    private static func settled(_ delivery: Delivery, _ result: DeliveryResult) -> Parcel {
        Parcel(deliveries: [delivery], content: .settled(result), shownAddress: "")
    }

    /// What waited may not be wanted any more, or not now.
    private func recheck(_ delivery: Delivery, now: Instant, _ host: HostWriter) throws(StoreError)
        -> DeliveryResult?
    {
        guard let id = delivery.person, let preferences = try PreferencesTable.preferences(of: id, host),
            try People.state(of: id, host) == .active
        else {
            let step = Verdict("person", "gone", "the person is gone or suspended")
            return .suppressed([step], reason: "person")
        }
        // What was planned a moment ago was judged a moment ago.
        guard delivery.createdAt < now, let channel = delivery.channel.outside else { return nil }
        let rules = DeliveryRules(
            category: delivery.category, importance: delivery.importance, preferences: preferences, home: tenant.zone,
            now: now)
        let (steps, consent) = rules.consent(to: channel)
        if case .refused(let rule) = consent { return .suppressed(steps.suffix(1), reason: rule) }
        let device = try delivery.device.flatMap { (id) throws(StoreError) in try DeviceTable.find(id, host) }
        let (hours, moment) = rules.moment(for: channel, device: device?.quietHours, isRecheck: true)
        return switch moment {
        case .now: nil
        case .later(let until, _): .deferred(hours, until: until)
        case .never(let rule): .suppressed(hours, reason: rule)
        }
    }

    private func parcel(_ deliveries: [Delivery], _ host: HostWriter) throws(StoreError) -> Parcel {
        func gaveUp(_ reason: String) -> Parcel {
            Parcel(deliveries: deliveries, content: .settled(.failed(reason, again: nil)), shownAddress: "")
        }
        guard let first = deliveries.first, let channel = first.channel.outside, let id = first.person,
            let person = try People.person(id, host)
        else { return gaveUp("the person is gone") }
        var parts: [MessageWords] = []
        for delivery in deliveries {
            guard let type = notices[delivery.plugin]?[delivery.type],
                case .template(let values)? = try OutboxTable.content(of: delivery.message, host)
            else { return gaveUp("no plugin sends messages of this kind any more") }
            parts.append(renderer.words(type, of: delivery.plugin, for: person.language, on: channel, values))
        }
        let preferences = try PreferencesTable.preferences(of: id, host) ?? Preferences()
        let reached = Reachability(person: person, preferences: preferences, devices: [], drivers: [])
        let device = try first.device.flatMap { (id) throws(StoreError) in try DeviceTable.find(id, host) }
        guard let address = device?.token ?? reached.address(on: channel) else {
            return gaveUp("the person has no address on this channel any more")
        }
        guard
            let message = composer.message(parts, of: deliveries, channel: channel, to: address, person)
        else { return gaveUp("there is nothing to say") }
        return Parcel(deliveries: deliveries, content: .message(message), shownAddress: device?.name ?? address)
    }
}
