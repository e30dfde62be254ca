import Synchronization

/// What happened, in order, written by many threads.
final class Log<Entry: Sendable & Equatable>: Sendable {
    private let kept = Mutex<[Entry]>([])

    var entries: [Entry] { kept.withLock { $0 } }

    func add(_ entry: Entry) { kept.withLock { $0.append(entry) } }
}
