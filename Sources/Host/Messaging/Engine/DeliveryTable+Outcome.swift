import PluginAPI

/// How sending went.
enum DeliveryResult: Sendable {
    /// With what was said, and whether the provider will say more.
    case sent(SentWords, reference: String?, isConfirmedLater: Bool)
    /// With the moment of the next try, or none when it is given up.
    case failed(String, again: Instant?)
    /// Not tried: the provider is left alone for a while.
    case held(String, until: Instant)
    /// Not tried: the person's wishes changed.
    case suppressed([Verdict], reason: String)
    /// Not tried: it is quiet now.
    case deferred([Verdict], until: Instant)
}

extension DeliveryTable {
    /// Notes how sending went.
    static func record(
        _ result: DeliveryResult, of delivery: Delivery, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let id = delivery.id
        var steps: [Verdict] = []
        switch result {
        case .sent(let said, let reference, let isConfirmedLater):
            let state: Delivery.State = isConfirmedLater ? .sent : .delivered
            let delivered = isConfirmedLater ? nil : now.microseconds
            try host.run(
                """
                UPDATE portico_delivery SET state = \(state), sent_at = \(now.microseconds),
                    delivered_at = \(delivered), said = \(Sealed(said)), provider_reference = \(reference),
                    last_error = NULL, lessee = NULL WHERE id = \(id)
                """)
            steps.append(Verdict("send", "sent", reference.map { "the provider calls it \($0)" }))
        case .failed(let error, let again?):
            try wait(id, until: again, error: error, host)
            steps.append(Verdict("send", "retry", "\(error); again at \(again)"))
        case .failed(let error, nil):
            try host.run(
                """
                UPDATE portico_delivery SET state = 'dead', last_error = \(error), lessee = NULL
                WHERE id = \(id) AND state = 'waiting'
                """)
            steps.append(Verdict("send", "dead", error))
        case .held(let reason, let until):
            // It was not tried, so that it does not count.
            try host.run("UPDATE portico_delivery SET attempts = MAX(0, attempts - 1) WHERE id = \(id)")
            try wait(id, until: until, error: reason, host)
            steps.append(Verdict("breaker", "open", "\(reason); again at \(until)"))
        case .suppressed(let verdicts, let reason):
            try host.run("UPDATE portico_delivery SET attempts = MAX(0, attempts - 1) WHERE id = \(id)")
            try TraceTable.add(verdicts, to: delivery.message, of: id, at: now, host)
            return try end(delivery, as: .suppressed, reason, now: now, host)
        case .deferred(let verdicts, let until):
            try host.run("UPDATE portico_delivery SET attempts = MAX(0, attempts - 1) WHERE id = \(id)")
            try wait(id, until: until, error: nil, host)
            steps = verdicts
        }
        try TraceTable.add(steps, to: delivery.message, of: id, at: now, host)
    }

    private static func wait(
        _ id: String, until: Instant, error: String?, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_delivery SET due_at = \(until.microseconds), lessee = NULL,
                last_error = COALESCE(\(error), last_error) WHERE id = \(id) AND state = 'waiting'
            """)
        host.note(WorkDue(at: until))
    }

    /// Has a dead one tried again, from the beginning.
    ///
    /// - Returns: whether it was dead, and not for having come too late.
    static func replay(_ delivery: Delivery, by person: PersonID?, now: Instant, _ host: HostWriter)
        throws(StoreError) -> Bool
    {
        if let expiry = delivery.expiresAt, expiry <= now { return false }
        // Alone, since the others of its digest may have been sent.
        let changed = try host.run(
            """
            UPDATE portico_delivery SET state = 'waiting', reason = NULL, attempts = 0, due_at = \(now.microseconds),
                lessee = NULL, batch_id = NULL, batch_at = NULL WHERE id = \(delivery.id) AND state = 'dead'
            """)
        guard changed > 0 else { return false }
        host.note(WorkDue(at: now))
        let verdict = Verdict("replay", "asked", person.map { "by \($0.rawValue)" })
        try TraceTable.add([verdict], to: delivery.message, of: delivery.id, at: now, host)
        return true
    }

    /// What a provider told of a message that it took. What is known already, or contradicts what is known, changes nothing.
    ///
    /// - Parameters:
    ///   - id: that of the ``OutboundMessage``: of a delivery, a digest, or a message to an address.
    ///   - hasArrived: false when it never will.
    ///   - detail: the provider's own word.
    /// - Returns: whether there is such a message.
    @discardableResult
    static func noteStatus(
        sentAs id: String, hasArrived: Bool, detail: String, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let rows = try host.all(
            """
            SELECT * FROM portico_delivery WHERE channel <> 'in_app'
            AND (id = \(id) OR batch_id = \(id) OR message_id = \(id))
            """, as: Delivery.self)
        for row in rows where row.state == .sent {
            if hasArrived {
                try host.run(
                    """
                    UPDATE portico_delivery SET state = 'delivered', delivered_at = \(now.microseconds)
                    WHERE id = \(row.id)
                    """)
            } else {
                try host.run(
                    "UPDATE portico_delivery SET state = 'dead', last_error = \(detail) WHERE id = \(row.id)")
            }
            let verdict = Verdict("provider", hasArrived ? "delivered" : "failed", detail)
            try TraceTable.add([verdict], to: row.message, of: row.id, at: now, host)
        }
        return !rows.isEmpty
    }

    /// Whether something went out under an id.
    static func isKnown(sentAs id: String, _ tables: some Queries) throws(StoreError) -> Bool {
        try tables.value(
            """
            SELECT 1 FROM portico_delivery WHERE channel <> 'in_app'
            AND (id = \(id) OR batch_id = \(id) OR message_id = \(id)) LIMIT 1
            """, as: Int.self) != nil
    }

    /// A mail was opened or a link in it followed; the first time counts. Of a digest, all that it was put together from.
    static func noteUse(of id: String, isClick: Bool, now: Instant, _ host: HostWriter) throws(StoreError) {
        guard let used = try find(id, host), used.sentAt != nil else { return }
        let members: SQL =
            used.batch.map { "batch_id = \($0) AND sent_at IS NOT NULL" } ?? "id = \(id)"
        for row in try host.all("SELECT * FROM portico_delivery WHERE \(members)", as: Delivery.self) {
            guard (isClick ? row.clickedAt : row.openedAt) == nil else { continue }
            try host.run(
                """
                UPDATE portico_delivery SET opened_at = COALESCE(opened_at, \(now.microseconds)),
                    clicked_at = \(isClick ? now.microseconds : row.clickedAt?.microseconds),
                    delivered_at = COALESCE(delivered_at, \(now.microseconds)),
                    state = CASE state WHEN 'sent' THEN 'delivered' ELSE state END WHERE id = \(row.id)
                """)
            try TraceTable.add(
                [Verdict("reader", isClick ? "clicked" : "opened", nil)], to: row.message, of: row.id, at: now, host)
        }
    }
}
