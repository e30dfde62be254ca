internal import PluginAPI

extension SalesTasks {
    static let workRoutes: [Route<Self>] = [
        .post(
            "/representative/work/next", .transactional(Self.nextWork), needs: .own(.runWork), status: 200,
            refuses: [WorkRefusal.self],
            "Puts the next customer into the caller's hands, and into nobody else's, until the lease ends."),
        .get(
            "/representative/work", .reading(Self.heldWork), needs: .own(.runWork),
            "The customers in the caller's hands."),
        .post(
            "/representative/work/{id}/heartbeat", .transactional(Self.heartbeat),
            needs: .permission(.runWork, of: Self.workSubject), status: 200, refuses: [WorkRefusal.self],
            "Keeps a customer for as long again."),
        .post(
            "/representative/work/{id}/release", .transactional(Self.release),
            needs: .permission(.runWork, of: Self.workSubject), status: 200, refuses: [WorkRefusal.self],
            "Gives a customer back without a call."),
    ]

    /// `POST /representative/work/next`
    func nextWork(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> NextWork {
        let rep = call.caller.id
        if call.reach != .tenant { try tx.noteRepresentative(rep) }
        try tx.notePresence(of: rep)
        try tx.returnExpiredLeases()
        guard try tx.held(by: rep) < settings.maximumLeases else { throw WorkRefusal.tooMany }
        let places = try tx.openPlaces(settings.window)
        guard let work = try tx.nextWork(for: rep, in: places) else {
            let closed = try tx.places().filter { !places.contains($0.key) }
            return NextWork(
                work: nil, callingResumesAt: closed.compactMap { settings.window.opening(from: tx.now, in: $0) }.min())
        }
        let end = settings.leaseEnd(from: tx.now)
        try tx.lease(work, to: rep, until: end)
        return NextWork(
            work: try tx.shown(work, isCallback: work.state == .callback, until: end), callingResumesAt: nil)
    }

    /// `GET /representative/work`
    func heldWork(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Work] {
        let rows: [WorkRow] = try tx.all(
            """
            SELECT * FROM salestasks_work WHERE state = 'leased' AND lease_until > \(tx.now.microseconds)
            AND lease_rep = \(call.caller.id) ORDER BY lease_until LIMIT 1000
            """)
        var held: [Work] = []
        for row in rows {
            let from: String? = try tx.value("SELECT lease_from FROM salestasks_work WHERE seq = \(row.seq)")
            held.append(try tx.shown(row, isCallback: from == "callback", until: row.leaseUntil ?? tx.now))
        }
        return held
    }

    /// `POST /representative/work/{id}/heartbeat`
    func heartbeat(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> WorkKept {
        guard let work = try tx.work(named.id) else { throw Problem.notFound }
        guard work.state == .leased, let rep = work.leaseRep else { throw WorkRefusal.lost }
        let end = settings.leaseEnd(from: tx.now)
        try tx.run("UPDATE salestasks_work SET lease_until = \(end.microseconds) WHERE seq = \(work.seq)")
        try tx.notePresence(of: rep)
        return WorkKept(workId: work.id, state: .leased, leaseUntil: end)
    }

    /// `POST /representative/work/{id}/release`
    func release(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> WorkKept {
        guard let work = try tx.work(named.id) else { throw Problem.notFound }
        guard work.state == .leased else { throw WorkRefusal.lost }
        try tx.returnLease(work)
        return WorkKept(workId: work.id, state: .queued, leaseUntil: nil)
    }

    /// Whose work it is, for deciding who may act on it.
    func workSubject(_ named: Named, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.work(named.id)?.subject
    }
}

/// How a customer's place in the queue stands.
struct WorkKept: Described {
    let workId: String
    let state: WorkState
    let leaseUntil: Instant?

    static let schema = Schema<WorkKept>.object(
        WorkKept.init(workId:state:leaseUntil:), Field("workId", \.workId, .id), Field("state", \.state, .oneOf),
        Field("leaseUntil", \.leaseUntil, .optional(Instant.schema)))
}

/// Why work is not given, kept or recorded.
enum WorkRefusal: Refusal {
    case tooMany, lost, taken, over, forbidden, leaseNeeded, otherCall

    var problem: Problem {
        switch self {
        case .tooMany:
            .conflict("TOO_MANY_LEASES", "You hold as many customers as can be: record or release some first.")
        case .lost: .conflict("LEASE_LOST", "This customer is not in your hands any more.")
        case .taken: .conflict("LEASED_BY_ANOTHER", "This customer is in somebody else's hands.")
        case .over: .conflict("WORK_IS_OVER", "This customer's place in the task is closed.")
        case .forbidden: .conflict("DO_NOT_CALL", "This customer must not be called.")
        case .leaseNeeded:
            .conflict("LEASE_REQUIRED", "Take this customer from the queue before you record a call.")
        case .otherCall: .conflict("RESOURCE_CONFLICT", "This clientCallId was used for another call.")
        }
    }
}
