internal import Matching
internal import PluginAPI

extension Appointments {
    /// Patients who are there twice: searches, and what people decide about what they find.
    static let patientMatching: [Route<Self>] = [
        .post(
            "/v1/reconciliations", .transactional(Self.startReconciliation), needs: .listing(.runReconcile),
            limits: [.per(.person, RateLimit.Window(10, each: .seconds(3600)))], status: 202,
            "Begins a search for patients who are there twice, among those of the caller's branches."),
        .get(
            "/v1/reconciliations", .reading(Self.reconciliations), needs: .own(.runReconcile),
            "The caller's searches, the newest first."),
        .get(
            "/v1/reconciliations/{id}", .reading(Self.oneReconciliation), needs: .member,
            "One of the caller's searches."),
        .get(
            "/v1/matches", .reading(Self.patientMatches), needs: .listing(.runReconcile),
            "Pairs of patients who may be one, both of the caller's branches, the surest first."),
        .post(
            "/v1/matches/{id}/confirm", .transactional(Self.confirmMatch),
            needs: .permission(.runReconcile, of: Self.matchSubject), status: 200,
            refuses: [MatchRefusal.self], "Says that two patients are one. The records stay as they are."),
        .post(
            "/v1/matches/{id}/reject", .transactional(Self.rejectMatch),
            needs: .permission(.runReconcile, of: Self.matchSubject), status: 200,
            refuses: [MatchRefusal.self], "Says that two patients are two; they are not suggested again."),
    ]

    func startReconciliation(
        _ new: PatientReconciliationCreate, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PatientReconciliation {
        let branches: [String]? =
            switch call.reach {
            case .tenant?: nil
            case .branches(let branches)?: branches.sorted()
            case .assigned?, .own?, nil: []
            }
        if branches == [] { throw Problem.forbidden }
        let person = call.caller.id
        let job = try tx.start(
            Self.patientComparison,
            PatientComparison(algorithm: new.algorithm, confidence: new.confidence, branches: branches), for: person)
        let id = tx.newID("rec")
        _ = try tx.run(
            """
            INSERT INTO appointments_reconciliation (id, job_id, person_id, algorithm, confidence, branches, created_at)
            VALUES (\(id), \(job.id), \(person), \(new.algorithm.rawValue), \(new.confidence),
                \(branches?.joined(separator: " ")), \(tx.now.microseconds))
            """)
        try tx.audit(AuditEntry("reconciliation.started", on: Subject("reconciliation", id: id, owner: person)))
        return PatientReconciliation(
            id: id, algorithm: new.algorithm, confidence: new.confidence, practiceIds: branches, state: job.state,
            patients: nil, found: nil, createdAt: tx.now)
    }

    func reconciliations(
        _ asked: PageAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<PatientReconciliation> {
        let person = call.caller.id
        let total: Int =
            try tx.value("SELECT count(*) FROM appointments_reconciliation WHERE person_id = \(person)") ?? 0
        let rows: [ReconciliationRow] = try tx.all(
            ReconciliationRow.select
                + "WHERE person_id = \(person) ORDER BY created_at DESC, id DESC LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)"
        )
        var found: [PatientReconciliation] = []
        for row in rows { found.append(try Self.shown(row, tx, person)) }
        return Page(found, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    func oneReconciliation(
        _ named: ReconciliationNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> PatientReconciliation {
        let person = call.caller.id
        let row: ReconciliationRow? = try tx.first(
            ReconciliationRow.select + "WHERE id = \(named.id) AND person_id = \(person)")
        guard let row else { throw Problem.notFound }
        return try Self.shown(row, tx, person)
    }

    /// A search with how it stands; a job that is no longer kept is done.
    private static func shown(
        _ row: ReconciliationRow, _ tx: borrowing ReadTransaction, _ person: PersonID
    ) throws -> PatientReconciliation {
        let status = try tx.status(of: patientComparison, row.job, for: person)
        return PatientReconciliation(
            id: row.id, algorithm: row.algorithm, confidence: row.confidence, practiceIds: row.branches,
            state: status?.state ?? .done, patients: status?.result?.patients, found: status?.result?.found,
            createdAt: row.createdAt)
    }

    func patientMatches(
        _ asked: MatchesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<PatientMatch> {
        var conditions = Self.bothWithin(call.reach)
        if let status = asked.status { conditions.append("m.status = \(status)") }
        let filter = "WHERE" + SQL.joined(conditions, by: " AND ")
        let total: Int = try tx.value("SELECT count(*) FROM (" + PatientMatch.select + filter + ")") ?? 0
        let matches: [PatientMatch] = try tx.all(
            PatientMatch.select + filter
                + "ORDER BY m.confidence DESC, m.id LIMIT \(asked.limit) OFFSET \((asked.page - 1) * asked.limit)")
        return Page(matches, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// A match, for deciding who may see it: of the branch of both patients, or of none where theirs differ.
    func matchSubject(_ named: MatchNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let branches: MatchBranches? = try tx.first(
            """
            SELECT l.branch_id, r.branch_id FROM appointments_match m JOIN appointments_customer l ON l.id = m.left_id
                JOIN appointments_customer r ON r.id = m.right_id
            WHERE m.id = \(named.id)
            """)
        return branches.map { Subject("match", id: named.id, branch: $0.common) }
    }

    func confirmMatch(
        _ named: MatchNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PatientMatch {
        try decide(.confirmed, named, tx, call)
    }

    func rejectMatch(_ named: MatchNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> PatientMatch {
        try decide(.rejected, named, tx, call)
    }

    /// A decision may be changed, and each is kept in the audit log.
    private func decide(
        _ status: PatientMatch.State, _ named: MatchNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PatientMatch {
        let filter: SQL = "WHERE m.id = \(named.id)"
        let before: PatientMatch? = try tx.first(PatientMatch.select + filter)
        guard let before else { throw Problem.notFound }
        guard before.status != status else { throw MatchRefusal.decided }
        _ = try tx.run(
            """
            UPDATE appointments_match SET status = \(status), decided_by = \(call.caller.id), decided_at = \(tx.now.microseconds)
            WHERE id = \(named.id)
            """)
        try tx.audit(
            AuditEntry(
                status == .confirmed ? "match.confirmed" : "match.rejected", on: Subject("match", id: named.id),
                details: [
                    "before": .string(before.status.rawValue), "after": .string(status.rawValue),
                    "leftPatientId": .string(before.leftPatientId), "rightPatientId": .string(before.rightPatientId),
                ]))
        let after: PatientMatch? = try tx.first(PatientMatch.select + filter)
        guard let after else { throw Problem.notFound }
        return after
    }

    /// Both patients lie within reach.
    private static func bothWithin(_ reach: Reach?) -> [SQL] {
        guard let reach else { return ["1 = 0"] }
        return [reach.condition(branch: "l.branch_id"), reach.condition(branch: "r.branch_id")]
    }
}

/// The branches of a match's two patients.
private struct MatchBranches: Record {
    /// Where both are of one.
    let common: String?

    init(row: borrowing Row) throws(StoreError) {
        let (left, right): (String?, String?) = (try row.get(at: 0), try row.get(at: 1))
        common = left == right ? left : nil
    }
}

/// Why a match cannot be decided.
enum MatchRefusal: Refusal {
    case decided

    var problem: Problem { .conflict("ALREADY_DECIDED", "This has been decided so already.") }
}

/// Which search.
struct ReconciliationNamed: Described {
    let id: String
    static let schema = Schema<ReconciliationNamed>.object(
        ReconciliationNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// Which match.
struct MatchNamed: Described {
    let id: String
    static let schema = Schema<MatchNamed>.object(
        MatchNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// Which page of a list.
struct PageAsked: Described {
    let page: Int
    let limit: Int
    static let schema = Schema<PageAsked>.object(
        PageAsked.init(page:limit:), Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// Which matches.
struct MatchesAsked: Described {
    let status: PatientMatch.State?
    let page: Int
    let limit: Int
    static let schema = Schema<MatchesAsked>.object(
        MatchesAsked.init(status:page:limit:), Field("status", \.status, .optional(.oneOf), in: .query),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}
