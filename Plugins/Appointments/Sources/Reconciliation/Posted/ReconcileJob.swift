internal import Matching
internal import PluginAPI

extension Appointments {
    static let reconcileJob = LongJobName<ReconcilePayload, ReconcileSummary>("reconcile")
    static let forgetReconcile = JobName<ReconcileJobID>("forget-reconcile")

    /// Matches of a long comparison that are kept, the surest; they are forgotten after seven days.
    private static let mostKept = 200_000
    private static let keptFor: Duration = .seconds(7 * 86_400)

    /// Compares many records, on a thread for long jobs.
    func compare(_ payload: ReconcilePayload, _ run: LongRun) async throws -> ReconcileSummary {
        let start = ContinuousClock.now
        let request = payload.request
        let linkage = try Reconciliation.compare(request.records, run)
        let found = linkage.matches(request.algorithm, confidence: request.confidence, most: Self.mostKept)
        let id = run.id
        // A run that was cut off may have left some.
        try await run.store.write { try $0.dropReconcileMatches(id) }
        var page = 0
        while page * ReconcilePage.size < found.matches.count {
            let part = found.matches.dropFirst(page * ReconcilePage.size).prefix(ReconcilePage.size)
            let matches = part.map { ReconciliationMatch($0, of: request) }
            let (number, json) = (page + 1, Schema.list(ReconciliationMatch.schema).encode(matches))
            try await run.store.write { try $0.addReconcileMatches(id, page: number, json) }
            page += 1
        }
        try await run.store.write { tx in
            try tx.schedule(
                Self.forgetReconcile, at: tx.now + Self.keptFor, key: id.rawValue, ReconcileJobID(id: id))
        }
        return ReconcileSummary(
            confidence: request.confidence, processingTime: ReconcileWork.milliseconds(since: start),
            kept: found.matches.count, total: found.total)
    }

    /// Forgets the matches of a comparison.
    func forget(_ job: ReconcileJobID, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.dropReconcileMatches(job.id)
    }
}

/// Which comparison's matches are to be forgotten.
struct ReconcileJobID: Described {
    let id: LongJobID
    static let schema = Schema<ReconcileJobID>.object(
        ReconcileJobID.init(id:), Field("id", \.id, LongJobID.schema))
}
