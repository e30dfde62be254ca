internal import StoreAPI
internal import Synchronization

/// How far the closing of a database has come.
struct ClosingState {
    enum Phase { case open, closing, closed }
    var phase = Phase.open
    var waiting: [CheckedContinuation<Void, Never>] = []
    var longReads = 0
    var lastLongRead: CheckedContinuation<Void, Never>?
}

extension Database {
    var isOpen: Bool { closing.withLock { $0.phase == .open } }

    func enterClosing() async -> Bool {
        let isFirst = closing.withLock { state in
            guard state.phase == .open else { return false }
            state.phase = .closing
            return true
        }
        if isFirst { return true }
        await withCheckedContinuation { continuation in
            let isClosed = closing.withLock { state in
                if state.phase != .closed { state.waiting.append(continuation) }
                return state.phase == .closed
            }
            if isClosed { continuation.resume() }
        }
        return false
    }

    func leaveClosing() {
        let waiting = closing.withLock { state in
            state.phase = .closed
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Counts a long read in, unless the database is closing.
    func enterLongRead() -> Bool {
        closing.withLock { state in
            guard state.phase == .open else { return false }
            state.longReads += 1
            return true
        }
    }

    func leaveLongRead() {
        let waiting = closing.withLock { state in
            state.longReads -= 1
            guard state.longReads == 0 else { return CheckedContinuation<Void, Never>?.none }
            defer { state.lastLongRead = nil }
            return state.lastLongRead
        }
        waiting?.resume()
    }

    func waitForLongReads() async {
        await withCheckedContinuation { continuation in
            let isDone = closing.withLock { state in
                if state.longReads > 0 { state.lastLongRead = continuation }
                return state.longReads == 0
            }
            if isDone { continuation.resume() }
        }
    }

    /// Closes an idle connection on a thread for it, since closing does I/O.
    func close(_ place: HandlePlace, checkpointing: Bool) async {
        guard let connection = await place.shut() else { return }
        file.registry.forget(place)
        await withCheckedContinuation { continuation in
            let close: @Sendable () -> Void = { [file] in
                if checkpointing { connection.emptyLog() }
                file.close(connection)
                continuation.resume()
            }
            do throws(StoreError) { try opening.submit(close) } catch { close() }
        }
    }
}
