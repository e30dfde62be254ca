internal import PluginAPI

extension Appointments {
    /// Comparing records that somebody posts.
    static let reconciling: [Route<Self>] = [
        .post(
            "/v1/ai/reconcile", .receiving(json: ReconcileRequest.schema.document, Self.reconcile),
            needs: .own(.runReconcile), limits: [.per(.person, RateLimit.Window(10, each: .seconds(3600)))],
            status: 200, refuses: [ReconcileRefusal.self],
            "Finds records of one person. Up to 1,000 are compared at once, up to 100,000 as a job."),
        .get(
            "/v1/ai/reconcile/{id}", .reading(Self.reconcileStatus), needs: .member,
            "How one's comparison stands."),
        .get(
            "/v1/ai/reconcile/{id}/result", .reading(Self.reconcileResult), needs: .member,
            "What came of one's comparison, the surest matches first."),
        .delete(
            "/v1/ai/reconcile/{id}", .transactional(Self.cancelReconcile), needs: .member,
            "Ends one's comparison and forgets it."),
    ]

    func reconcile(_ nothing: Nothing, _ body: ByteStream, _ call: Call<Member>) async throws -> ReconcileAnswer {
        let person = call.caller.id
        let reconciliation = reconciliation
        try reconciliation.breaker.enter()
        do {
            let answer = try await Reconciliation.collecting(body) { bytes in
                // Reading a large body takes as long as comparing few records: both happen apart from the loop.
                let prepared = try await reconciliation.threads.run { () throws -> PreparedReconcile in
                    let request = try ReconcileRequest(body: bytes)
                    if request.data.count <= ReconcileWork.recordsAtOnce {
                        return .done(try ReconcileWork.atOnce(request, patience: ReconcileWork.patience))
                    }
                    return .later(
                        ReconcilePayload(request: request, encoded: ReconcileRequest.schema.encode(request)))
                }
                switch prepared {
                case .done(let result): return ReconcileAnswer.done(result)
                case .later(let payload):
                    let status = try await call.store.write { tx in
                        try tx.audit(
                            AuditEntry(
                                "records.compared", on: Subject("reconciliation", id: "posted"),
                                details: ["records": .integer(Int64(payload.request.data.count))]))
                        return try tx.start(Self.reconcileJob, payload, for: person)
                    }
                    return .accepted(ReconcileAccepted(status, records: payload.request.data.count))
                }
            }
            reconciliation.breaker.succeeded()
            return answer
        } catch is ReconcileWork.OutOfTime {
            reconciliation.breaker.failed()
            throw ReconcileRefusal.unavailable
        } catch {
            reconciliation.breaker.left()
            throw error
        }
    }

    func reconcileStatus(
        _ asked: ReconcileJobAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> LongJobStatus<ReconcileSummary> {
        guard let status = try tx.status(of: Self.reconcileJob, asked.id, for: call.caller.id) else {
            throw Problem.notFound
        }
        return status
    }

    func reconcileResult(
        _ asked: ReconcileResultAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> ReconcilePage {
        guard let status = try tx.status(of: Self.reconcileJob, asked.id, for: call.caller.id) else {
            throw Problem.notFound
        }
        switch status.state {
        case .waiting, .running: throw ReconcileResultRefusal.notYet
        case .failed, .cancelled: throw ReconcileResultRefusal.noResult
        case .done: break
        }
        guard let summary = status.result else { throw ReconcileResultRefusal.noResult }
        return ReconcilePage(
            matches: try tx.reconcileMatches(asked.id, page: asked.page), summary: summary, page: asked.page)
    }

    func cancelReconcile(
        _ asked: ReconcileJobAsked, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        guard try tx.status(of: Self.reconcileJob, asked.id, for: call.caller.id) != nil else {
            throw Problem.notFound
        }
        try tx.cancel(Self.reconcileJob, asked.id)
        try tx.dropReconcileMatches(asked.id)
        return NoContent()
    }
}

/// What a body turned out to be.
private enum PreparedReconcile: Sendable {
    case done(ReconcileResult)
    case later(ReconcilePayload)
}

extension ReconcileAccepted {
    init(_ status: LongJobStatus<ReconcileSummary>, records: Int) {
        let url = "/v1/ai/reconcile/" + status.id.rawValue
        self.init(id: status.id, state: status.state, records: records, statusUrl: url, resultUrl: url + "/result")
    }
}

/// Why there is no result.
enum ReconcileResultRefusal: Refusal {
    case notYet
    case noResult

    var problem: Problem {
        switch self {
        case .notYet: .conflict("NOT_READY", "The records are still being compared.")
        case .noResult: .conflict("NO_RESULT", "Nothing came of this comparison: it failed or was ended.")
        }
    }
}

/// Which comparison.
struct ReconcileJobAsked: Described {
    let id: LongJobID
    static let schema = Schema<ReconcileJobAsked>.object(
        ReconcileJobAsked.init(id:), Field("id", \.id, LongJobID.schema, in: .path))
}

/// Which page of a comparison's matches.
struct ReconcileResultAsked: Described {
    let id: LongJobID
    let page: Int
    static let schema = Schema<ReconcileResultAsked>.object(
        ReconcileResultAsked.init(id:page:), Field("id", \.id, LongJobID.schema, in: .path),
        Field("page", \.page, .int(1...100_000), in: .query, default: 1, note: "500 matches each"))
}
