import PluginAPI
import Synchronization

/// Keeps the newest lines in memory, for tests to look at.
final class RecordingLog: LogSink {
    private let level: LogLevel
    private let most: Int
    private let state = Mutex((lines: [LogLine](), entries: [AccessEntry]()))

    /// - Parameters:
    ///   - level: Lines below it are left out.
    ///   - most: How many lines of each kind are kept.
    init(level: LogLevel = .debug, most: Int = 10_000) {
        self.level = level
        self.most = max(most, 1)
    }

    /// The lines so far, oldest first.
    var lines: [LogLine] { state.withLock { $0.lines } }
    /// The answered requests so far, oldest first.
    var entries: [AccessEntry] { state.withLock { $0.entries } }

    func accepts(_ level: LogLevel) -> Bool { level >= self.level }

    func write(_ line: LogLine) {
        guard accepts(line.level) else { return }
        state.withLock { state in
            if state.lines.count == most { state.lines.removeFirst() }
            state.lines.append(line)
        }
    }

    func access(_ entry: AccessEntry, loop: Int) {
        guard accepts(.info) else { return }
        state.withLock { state in
            if state.entries.count == most { state.entries.removeFirst() }
            state.entries.append(entry)
        }
    }
}
