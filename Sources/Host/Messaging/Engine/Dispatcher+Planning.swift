import Database
import PluginAPI

/// What holds for a message, whichever way it takes.
struct MessageFacts: Sendable {
    let category: NoticeCategory
    let importance: Importance
}

extension Dispatcher {
    /// Messages planned at once.
    private static let planLimit = 64

    /// Finds the ways of the messages that are due: in the portal always, outside as the person's preferences have it.
    ///
    /// - Returns: how many messages were planned.
    func planDue(now: Instant, _ host: HostWriter) throws(StoreError) -> Int {
        let rows = try OutboxTable.due(at: now, limit: Self.planLimit, host)
        for row in rows { try plan(row, now: now, host) }
        return rows.count
    }

    private func plan(_ row: OutboxRow, now: Instant, _ host: HostWriter) throws(StoreError) {
        switch row.content {
        case .direct(let channel, _, _, _): try planDirect(row, by: channel, now: now, host)
        case .template(let values):
            guard let type = notices[row.plugin]?[row.type] else {
                return try giveUp(row, "type", "unknown", "no plugin sends messages of this kind any more", now, host)
            }
            guard let id = row.person, let person = try People.person(id, host) else {
                return try giveUp(row, "person", "gone", "the person is gone", now, host)
            }
            guard try People.state(of: id, host) == .active else {
                return try giveUp(row, "person", "suspended", "the person's account is suspended", now, host)
            }
            try plan(row, type, values, for: person, now: now, host)
        }
    }

    /// A message of the host's own to an address: one way, which nobody's preferences touch.
    private func planDirect(
        _ row: OutboxRow, by channel: Channel, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let facts = MessageFacts(category: .security, importance: .mandatory)
        var way = DeliveryTable.New(channel: DeliveryChannel(channel), dueAt: now)
        var steps = [Verdict("importance", "mandatory", "the portal's own message to an address")]
        if drivers[channel] == nil {
            (way.state, way.reason) = (.dead, "driver")
            steps.append(Self.noDriver(channel))
        }
        let id = try DeliveryTable.add(way, of: row, facts, now: now, host)
        try TraceTable.add(steps, to: row.id, of: id, at: now, host)
        let error = way.state == .dead ? Self.noDriver(channel).detail : nil
        try DeliveryTable.setError(error, of: id, host)
        try OutboxTable.settle(row, as: "sent", error: error, now: now, host)
    }

    static func noDriver(_ channel: Channel) -> Verdict {
        Verdict("driver", "no_driver", "no driver is configured for \(channel.rawValue)")
    }

    private func giveUp(
        _ row: OutboxRow, _ rule: String, _ verdict: String, _ detail: String, _ now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let facts = MessageFacts(category: .systemUpdates, importance: .normal)
        let way = DeliveryTable.New(channel: .inApp, state: .suppressed, reason: rule, dueAt: now)
        let id = try DeliveryTable.add(way, of: row, facts, now: now, host)
        try TraceTable.add([Verdict(rule, verdict, detail)], to: row.id, of: id, at: now, host)
        try OutboxTable.settle(row, as: "dead", error: detail, now: now, host)
    }

    private func plan(
        _ row: OutboxRow, _ type: NoticeType, _ values: [String: String], for person: Person, now: Instant,
        _ host: HostWriter
    ) throws(StoreError) {
        let preferences = try PreferencesTable.preferences(of: person.id, host) ?? Preferences()
        let importance = row.isEmergency && type.importance == .normal ? .emergency : type.importance
        let facts = MessageFacts(category: type.category, importance: importance)
        let rules = DeliveryRules(
            category: type.category, importance: importance, preferences: preferences, home: tenant.zone, now: now)
        try TraceTable.add([rules.kind], to: row.id, of: nil, at: now, host)

        let said = composer.shown(type, of: row.plugin, values, for: person.language)
        let shown = DeliveryTable.New(channel: .inApp, state: .delivered, dueAt: now, said: said)
        let id = try DeliveryTable.add(shown, of: row, facts, now: now, host)
        try TraceTable.add([Verdict("in_app", "shown")], to: row.id, of: id, at: now, host)
        try NotificationFeed.announce(row, facts, to: person.id, now: now, host)

        let reached = Reachability(
            person: person, preferences: preferences, devices: try DeviceTable.devices(of: person.id, host),
            drivers: Set(drivers.keys))
        for (way, steps) in WayFinder(rules: rules, reached: reached).ways(for: type.channels) {
            let id = try DeliveryTable.add(way, of: row, facts, now: now, host)
            try TraceTable.add(steps, to: row.id, of: id, at: now, host)
        }
        try OutboxTable.settle(row, as: "sent", error: nil, now: now, host)
    }
}
