internal import Matching
internal import PluginAPI
internal import Synchronization

extension Reconciliation {
    /// Compares records on the thread of a long job, and tells how far it is.
    ///
    /// - Throws: `CancellationError`, or what the host threw when the job was taken back.
    static func compare(_ records: [MatchingRecord], _ run: LongRun) throws -> RecordLinkage {
        let progress = ReconcileProgress()
        // Comparing holds this thread; how far it is, and whether it is still wanted, is told from another.
        let reporter = Task.detached {
            while !Task.isCancelled {
                do {
                    try await run.report(progress.percent, of: 100)
                    try await Task.sleep(for: .milliseconds(500))
                } catch {
                    return progress.end(error)
                }
            }
        }
        defer { reporter.cancel() }
        return try RecordLinkage(records) { share in
            try Task.checkCancellation()
            try progress.tell(share)
        }
    }
}

/// How far a comparison is, told on one thread and asked for on another.
private final class ReconcileProgress: Sendable {
    private let share = Mutex(0.0)
    private let ended = Mutex<(any Error)?>(nil)

    var percent: Int { share.withLock { min(99, Int($0 * 100)) } }

    /// - Throws: what ended it from outside.
    func tell(_ done: Double) throws {
        share.withLock { $0 = done }
        if let error = ended.withLock({ $0 }) { throw error }
    }

    func end(_ error: any Error) { if !(error is CancellationError) { ended.withLock { $0 = error } } }
}
