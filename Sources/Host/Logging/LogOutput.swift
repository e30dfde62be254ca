import Dispatch
import Synchronization

/// Bytes on their way to a descriptor: a bounded buffer that is emptied on a thread of its own.
final class LogOutput: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// The memory of the batch before, to be used again.
        var spare: [UInt8] = []
        /// How many lines `waiting` holds.
        var lines = 0
        var isWriting = false
        var dropped = 0
        /// How many of the dropped lines a line has told of.
        var reported = 0
    }

    private let descriptor: Int32
    private let capacity: Int
    private let report: @Sendable (_ dropped: Int) -> [UInt8]
    private let state = Mutex(State())
    /// Runs one thing at a time, on a thread that may block.
    private let queue: DispatchQueue

    /// - Parameters:
    ///   - queue: Serial, and the same for all buffers of one descriptor, so that lines stay whole.
    ///   - capacity: How many bytes may wait; as many again may be in the write that is under way.
    ///   - report: The line that says how many were dropped.
    init(
        descriptor: Int32, on queue: DispatchQueue, capacity: Int,
        report: @escaping @Sendable (_ dropped: Int) -> [UInt8]
    ) {
        self.queue = queue
        self.descriptor = descriptor
        self.capacity = capacity
        self.report = report
    }

    /// Takes a whole line, or drops it when there is no room. Never blocks for longer than it takes to copy it.
    func append(_ line: [UInt8]) {
        let mustStart = state.withLock { state in
            guard line.count <= capacity - state.waiting.count else {
                state.dropped += 1
                return false
            }
            state.waiting.append(contentsOf: line)
            state.lines += 1
            defer { state.isWriting = true }
            return !state.isWriting
        }
        // Lines of one moment leave together: a write for each of them would cost more than making them.
        if mustStart { queue.asyncAfter(deadline: .now() + Self.gathering) { self.drain() } }
    }

    /// Bytes: larger batches are rare, and give their memory back.
    private static let mostSpared = 1 << 20

    /// How long lines wait for others.
    private static let gathering = DispatchTimeInterval.milliseconds(20)

    var droppedLines: Int { state.withLock { $0.dropped } }

    /// Waits until everything appended so far is written or refused.
    ///
    /// - Returns: Whether that happened in time.
    func flush(within time: Duration) -> Bool {
        let done = DispatchSemaphore(value: 0)
        queue.async {
            self.drain()
            done.signal()
        }
        let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
        return done.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success
    }

    private func drain() {
        var isRefused = false
        while true {
            let batch = state.withLock { state -> (bytes: [UInt8], lines: Int, told: Int)? in
                if state.waiting.isEmpty {
                    // What was dropped is told once the descriptor takes lines.
                    guard state.dropped > state.reported, !isRefused else {
                        state.isWriting = false
                        return nil
                    }
                    let missing = state.dropped - state.reported
                    state.reported = state.dropped
                    return (report(missing), 0, missing)
                }
                let batch = (bytes: state.waiting, lines: state.lines, told: 0)
                (state.waiting, state.spare, state.lines) = (state.spare, [], 0)
                return batch
            }
            guard var batch else { return }
            isRefused = !Descriptor.write(batch.bytes, to: descriptor)
            batch.bytes.removeAll(keepingCapacity: batch.bytes.capacity <= Self.mostSpared)
            state.withLock { swap(&$0.spare, &batch.bytes) }
            guard isRefused else { continue }
            state.withLock { state in
                state.dropped += batch.lines
                state.reported -= batch.told
            }
        }
    }
}
