internal import PluginAPI

/// Something that is still to be done after a call.
struct OpenAction: Described, Record {
    let actionId: String
    let callId: String
    let salesId: PersonID
    let type: String
    let description: String
    let deadline: Instant
    let doneAt: Instant?

    init(
        actionId: String, callId: String, salesId: PersonID, type: String, description: String, deadline: Instant,
        doneAt: Instant?
    ) {
        self.actionId = actionId
        self.callId = callId
        self.salesId = salesId
        self.type = type
        self.description = description
        self.deadline = deadline
        self.doneAt = doneAt
    }

    init(row: borrowing Row) throws(StoreError) {
        actionId = try row.get("id")
        callId = try row.get("call_id")
        salesId = try row.get("rep_id")
        type = try row.get("type")
        description = try row.get("description")
        deadline = Instant(microseconds: try row.get("deadline"))
        doneAt = (try row.get("done_at") as Int64?).instant
    }

    static let schema = Schema<OpenAction>.object(
        OpenAction.init(actionId:callId:salesId:type:description:deadline:doneAt:),
        Field("actionId", \.actionId, .id), Field("callId", \.callId, .id),
        Field("salesId", \.salesId, PersonID.schema), Field("type", \.type, .string(1...40)),
        Field("description", \.description, .string(1...1200)), Field("deadline", \.deadline, Instant.schema),
        Field("doneAt", \.doneAt, .optional(Instant.schema)))
}

extension SalesTasks {
    static let actionRoutes: [Route<Self>] = [
        .get(
            "/representative/actions", .reading(Self.openActions), needs: .listing(.readCalls),
            "What is to be done after calls, the next deadline first: the caller's own, or everybody's."),
        .post(
            "/representative/actions/{id}/done", .transactional(Self.finishAction),
            needs: .permission(.readCalls, of: Self.actionSubject), status: 200, "Notes that it is done."),
    ]

    /// `GET /representative/actions`
    func openActions(_ asked: PageAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<OpenAction>
    {
        let filter: SQL = "WHERE done_at IS NULL AND \(call.reach?.condition(assignee: "rep_id") ?? "1 = 0")"
        let total: Int = try tx.value("SELECT count(*) FROM salestasks_action" + filter) ?? 0
        let rows: [OpenAction] = try tx.all(
            "SELECT * FROM salestasks_action" + filter + "ORDER BY deadline, id" + .rows(asked.page, asked.limit))
        return Page(rows, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `POST /representative/actions/{id}/done`
    func finishAction(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> OpenAction {
        try tx.run(
            """
            UPDATE salestasks_action SET done_at = coalesce(done_at, \(tx.now.microseconds)) WHERE id = \(named.id)
            """)
        return try tx.one("SELECT * FROM salestasks_action WHERE id = \(named.id)")
    }

    /// Whose it is, for deciding who may see it.
    func actionSubject(_ named: Named, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let row: OpenAction? = try tx.first("SELECT * FROM salestasks_action WHERE id = \(named.id)")
        return row.map { Subject("action", id: $0.actionId, assignees: [$0.salesId]) }
    }
}
