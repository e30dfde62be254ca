internal import Matching
internal import PluginAPI

/// The comparison itself, which knows no request and no job.
enum ReconcileWork {
    /// Records that are compared while the client waits.
    static let recordsAtOnce = 1000
    /// Matches of one answer at most.
    static let mostAtOnce = 10_000
    /// How long a client waits at most.
    static let patience: Duration = .seconds(20)

    /// It took longer than it may.
    struct OutOfTime: Error {}

    /// Compares while a client waits.
    ///
    /// - Throws: ``OutOfTime``.
    static func atOnce(_ request: ReconcileRequest, patience: Duration) throws -> ReconcileResult {
        let start = ContinuousClock.now
        let linkage = try RecordLinkage(request.records) { _ in
            if ContinuousClock.now - start >= patience { throw OutOfTime() }
        }
        let found = linkage.matches(request.algorithm, confidence: request.confidence, most: mostAtOnce)
        return ReconcileResult(
            matches: found.matches.map { ReconciliationMatch($0, of: request) }, confidence: request.confidence,
            processingTime: milliseconds(since: start), total: found.total)
    }

    /// To a tenth.
    static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return (Double(seconds) * 10_000 + Double(attoseconds) / 1e14).rounded() / 10
    }
}
