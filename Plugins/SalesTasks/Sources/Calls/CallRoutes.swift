internal import PluginAPI

extension SalesTasks {
    static let callRoutes: [Route<Self>] = [
        .post(
            "/representative/call-completion", .transactional(Self.completeCall), needs: .listing(.writeCalls),
            refuses: [WorkRefusal.self], "Records a call to a customer of the caller's."),
        .get(
            "/representative/calls", .reading(Self.calls), needs: .listing(.readCalls),
            "Calls, the latest first: the caller's own, or everybody's for whoever sees all."),
        .get(
            "/representative/calls/{id}", .reading(Self.call), needs: .permission(.readCalls, of: Self.callSubject),
            "One call, with what its scores are made of."),
        .patch(
            "/admin/calls/{id}", .transactional(Self.correctCall), needs: .permission(.reviewCalls),
            "Corrects what was recorded of a call; what stood there before is in the audit log."),
    ]

    /// `GET /representative/calls`
    func calls(_ asked: CallsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<CallShown> {
        var conditions: [SQL] = [call.reach?.condition(assignee: "rep_id") ?? "1 = 0"]
        if let task = asked.taskId { conditions.append("task_id = \(task)") }
        if let rep = asked.salesId { conditions.append("rep_id = \(rep)") }
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM salestasks_call" + filter) ?? 0
        let rows: [CallRow] = try tx.all(
            "SELECT * FROM salestasks_call" + filter + "ORDER BY ended_at DESC, seq DESC"
                + .rows(asked.page, asked.limit))
        var shown: [CallShown] = []
        for row in rows { shown.append(try tx.shown(row)) }
        return Page(shown, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `GET /representative/calls/{id}`
    func call(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> CallShown {
        guard let row = try tx.callRow(named.id) else { throw Problem.notFound }
        return try tx.shown(row)
    }

    /// Whose call it is, for deciding who may see it.
    func callSubject(_ named: Named, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.callRow(named.id).map { Subject("call", id: $0.id, assignees: [$0.rep]) }
    }

    /// `PATCH /admin/calls/{id}`
    func correctCall(_ change: CallCorrection, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CallShown {
        guard let row = try tx.callRow(change.id) else { throw Problem.notFound }
        try correct(row, to: change.change.applied(to: row.facts), by: call.caller.id, tx)
        guard let changed = try tx.callRow(row.id) else { throw Problem.notFound }
        return try tx.shown(changed)
    }

    /// Corrects what was recorded of a call, with its scores and what they add up to.
    func correct(_ row: CallRow, to facts: CallFacts, by person: PersonID, _ tx: borrowing Transaction) throws {
        try tx.run(
            """
            UPDATE salestasks_call SET disposition = \(facts.disposition), outcome = \(facts.disposition.outcome),
                sentiment = \(facts.sentiment), insights = \(facts.insights), notes = \(facts.notes),
                audio = \(facts.audio), rating = \(facts.rating), quality = \(facts.quality), mood = \(facts.mood),
                corrected_at = \(tx.now.microseconds) WHERE id = \(row.id)
            """)
        try tx.add(CallSums(facts) - CallSums(row.facts), of: row.rep, at: row.endedAt)
        if facts.disposition == .doNotCall {
            let phone: Phone? = try tx.value("SELECT phone FROM salestasks_customer WHERE seq = \(row.customer)")
            if let phone { try tx.forbidCalls(to: phone, because: "Asked not to be called", by: person) }
        }
        try tx.audit(
            AuditEntry(
                "call.corrected", on: Subject("call", id: row.id, assignees: [row.rep]), before: row.facts.audited,
                after: facts.audited))
    }
}

extension CallFacts {
    /// For the audit log: no insights, no notes.
    fileprivate var audited: JSON {
        [
            "disposition": .string(disposition.rawValue), "sentiment": sentiment.map { .string($0.rawValue) } ?? .null,
            "audioQuality": audio.map { .string($0.rawValue) } ?? .null, "rating": rating.map { .number($0) } ?? .null,
            "callQualityScore": .integer(Int64(quality)),
        ]
    }
}

/// The input of `GET /representative/calls`.
struct CallsAsked: Described {
    let taskId: String?
    let salesId: PersonID?
    let page: Int
    let limit: Int

    static let schema = Schema<CallsAsked>.object(
        CallsAsked.init(taskId:salesId:page:limit:), Field("taskId", \.taskId, .optional(.id), in: .query),
        Field("salesId", \.salesId, .optional(PersonID.schema), in: .query),
        Field("page", \.page, .page, in: .query, default: 1),
        Field("limit", \.limit, .pageLimit, in: .query, default: 20))
}

/// The input of `PATCH /admin/calls/{id}`: fields left out stay.
struct CallCorrection: Described {
    let id: String
    let disposition: Disposition?
    let sentiment: Change<Sentiment>
    let customerInsights: String?
    let notes: Change<String>
    let audioQuality: Change<AudioQuality>
    let rating: Change<Double>

    static let schema = Schema<CallCorrection>.object(
        CallCorrection.init(id:disposition:sentiment:customerInsights:notes:audioQuality:rating:),
        Field("id", \.id, .id, in: .path), Field("disposition", \.disposition, .optional(.oneOf)),
        Field("sentiment", \.sentiment, .change(.oneOf)),
        Field("customerInsights", \.customerInsights, .optional(.string(1...4000))),
        Field("notes", \.notes, .change(.string(0...4000))),
        Field("audioQuality", \.audioQuality, .change(.oneOf)), Field("rating", \.rating, .change(.double(1...5))))

    var change: CallChange {
        CallChange(
            disposition: disposition, sentiment: sentiment, customerInsights: customerInsights, notes: notes,
            audioQuality: audioQuality, rating: rating)
    }
}
