import PluginAPI

extension Route<PorticoAPI> {
    static let listDeliveries = Route.get(
        PorticoAPI.base + "/deliveries", .reading(PorticoAPI.listDeliveries), needs: .permission(.readDeliveries),
        "What was sent to people and what became of it, the newest first.")
    static let listDeadLetters = Route.get(
        PorticoAPI.base + "/deliveries/dead-letters", .reading(PorticoAPI.listDeadLetters),
        needs: .permission(.readDeliveries), "What was given up, the newest first.")
    static let getDelivery = Route.get(
        PorticoAPI.base + "/deliveries/{id}", .reading(PorticoAPI.getDelivery), needs: .permission(.readDeliveries),
        "One delivery.")
    static let traceDelivery = Route.get(
        PorticoAPI.base + "/deliveries/{id}/trace", .reading(PorticoAPI.traceDelivery),
        needs: .permission(.readDeliveries),
        "Why a message reached somebody, or why not: every rule's verdict in order.")
    static let replayDelivery = Route.post(
        PorticoAPI.base + "/deliveries/{id}/replay", .transactional(PorticoAPI.replayDelivery),
        needs: .permission(.writeDeliveries), status: 200, refuses: [DeliveryRefusal.self],
        "Has a delivery that was given up tried again, from the beginning.")
}

/// What replaying refuses.
enum DeliveryRefusal: Refusal {
    case notDead

    var problem: Problem {
        switch self {
        case .notDead: .conflict("NOT_A_DEAD_LETTER", "This delivery was not given up, or came too late.")
        }
    }
}

/// Which deliveries are asked for.
struct DeliveriesAsked: Described {
    var channel: DeliveryChannel?
    var state: Delivery.State?
    var userId: PersonID?
    var type: String?
    var messageId: String?
    var from: Instant?
    var to: Instant?
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(channel:state:userId:type:messageId:from:to:page:limit:),
        Field("channel", \.channel, .optional(DeliveryChannel.schema), in: .query),
        Field("state", \.state, .optional(.oneOf), in: .query),
        Field("userId", \.userId, .optional(PersonID.schema), in: .query),
        Field("type", \.type, .optional(.string(1...100)), in: .query, note: "A type of message, or a category."),
        Field("messageId", \.messageId, .optional(.string(1...64)), in: .query),
        Field("from", \.from, .optional(Instant.schema), in: .query, note: "Made at this moment or later."),
        Field("to", \.to, .optional(Instant.schema), in: .query, note: "Made before this moment."),
        Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 50))

    /// What a delivery must fulfil.
    var filter: SQL {
        var conditions: [SQL] = ["1 = 1"]
        if let channel { conditions.append("channel = \(channel)") }
        if let state { conditions.append("state = \(state)") }
        if let userId { conditions.append("person_id = \(userId)") }
        if let type { conditions.append("(type = \(type) OR category = \(type))") }
        if let messageId { conditions.append("message_id = \(messageId)") }
        if let from { conditions.append("created_at >= \(from.microseconds)") }
        if let to { conditions.append("created_at < \(to.microseconds)") }
        return "WHERE" + SQL.joined(conditions, by: " AND ")
    }
}

/// One delivery.
struct DeliveryNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

extension PorticoAPI {
    func listDeliveries(
        _ asked: DeliveriesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<DeliveryShown> {
        try tx.host { tables in try page(asked.filter, page: asked.page, limit: asked.limit, tables) }
    }

    func listDeadLetters(
        _ asked: OwnListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<DeliveryShown> {
        try tx.host { tables in
            try page("WHERE state = 'dead'", page: asked.page, limit: asked.limit, tables)
        }
    }

    private func page(
        _ filter: SQL, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> Page<DeliveryShown> {
        let total = try tables.value("SELECT COUNT(*) FROM portico_delivery" + filter, as: Int.self) ?? 0
        let rows = try tables.all(
            "SELECT * FROM portico_delivery" + filter + "ORDER BY created_at DESC, id DESC"
                + Paging.rows(page: page, limit: limit), as: Delivery.self)
        return Page(rows.map { DeliveryShown($0) }, PageNumbers(page: page, limit: limit, total: total))
    }

    func getDelivery(
        _ named: DeliveryNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> DeliveryShown {
        try tx.host { tables in
            guard let found = try DeliveryTable.find(named.id, tables) else { throw Problem.notFound }
            return DeliveryShown(found)
        }
    }

    func traceDelivery(
        _ named: DeliveryNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> TraceShown {
        try tx.host { tables in
            guard let found = try DeliveryTable.find(named.id, tables) else { throw Problem.notFound }
            return TraceShown(
                steps: try TraceTable.steps(of: found, tables).map { step in
                    TraceShown.Step(
                        at: step.at, rule: step.verdict.rule, verdict: step.verdict.verdict,
                        detail: step.verdict.detail)
                })
        }
    }

    func replayDelivery(
        _ named: DeliveryNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> DeliveryShown {
        try tx.host { tables, origin in
            guard let found = try DeliveryTable.find(named.id, tables) else { throw Problem.notFound }
            guard try DeliveryTable.replay(found, by: origin.person, now: origin.now, tables) else {
                throw DeliveryRefusal.notDead
            }
            try AuditTable.append(
                AuditEntry("delivery.replayed", on: Subject("delivery", id: found.id, owner: found.person)), origin,
                tables)
            return DeliveryShown(try DeliveryTable.find(named.id, tables) ?? found)
        }
    }
}
