import Synchronization

/// Lines that one side hears as the other side says them.
final class LineQueue: Sendable {
    private struct State: Sendable {
        var lines: [String] = []
        var hasEnded = false
        var waiting: [CheckedContinuation<String?, Never>] = []
    }

    private let state = Mutex(State())

    func put(_ line: String) {
        let waiting = state.withLock { state -> CheckedContinuation<String?, Never>? in
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            state.lines.append(line)
            return nil
        }
        waiting?.resume(returning: line)
    }

    func end() {
        let waiting = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    /// The next line; nil when there is none any more.
    func next() async -> String? {
        await withCheckedContinuation { continuation in
            let line = state.withLock { state -> String?? in
                if !state.lines.isEmpty { return state.lines.removeFirst() }
                if state.hasEnded { return .some(nil) }
                state.waiting.append(continuation)
                return nil
            }
            if let line { continuation.resume(returning: line) }
        }
    }
}
