import Dispatch
import PluginAPI
import Synchronization
import Time

/// The operator's log: one line for each event, on a descriptor that is usually standard error.
///
/// Callers never wait for the reader of the log. Lines go to a buffer of bounded size which a thread of its own writes out,
/// because a write to a full pipe blocks, and blocking an event loop would let a slow log reader stop the portal.
/// Lines that find the buffer full are counted and dropped; a line says how many as soon as there is room.
/// Each event loop has a buffer of its own, so that loops do not wait for each other: lines of different loops may stand in
/// another order than their times, by some hundredths of a second.
/// Lines still in the buffer are lost when the process is killed; ``flush(within:)`` waits for them.
final class JSONLog: LogSink {
    private let format: LogFormat
    private let level: LogLevel
    private let clock: any TimeSource
    /// By loop.
    private let outputs: [LogOutput]

    /// A log on a descriptor, which stays the caller's to close after the last line.
    ///
    /// - Parameters:
    ///   - level: Lines below it are left out.
    ///   - loops: How many event loops there are.
    ///   - capacity: How many bytes of each loop may wait to be written.
    init(
        to descriptor: Int32 = 2, level: LogLevel = .info, format: LogFormat = .json, clock: any TimeSource = .system,
        loops: Int = 1, capacity: Int = 1 << 20
    ) {
        self.format = format
        self.level = level
        self.clock = clock
        let queue = DispatchQueue(label: "portico.log", qos: .utility)
        outputs = (0..<max(1, loops)).map { _ in
            LogOutput(descriptor: descriptor, on: queue, capacity: capacity) { count in
                let line = LogLine(.warning, "log lines dropped", fields: ["lines": .integer(Int64(count))])
                return format.encode(line, at: clock.now)
            }
        }
    }

    func accepts(_ level: LogLevel) -> Bool { level >= self.level }

    func write(_ line: LogLine) {
        guard accepts(line.level) else { return }
        outputs[0].append(format.encode(line, at: clock.now))
    }

    func access(_ entry: AccessEntry, loop: Int) {
        guard accepts(.info) else { return }
        outputs[loop % outputs.count].append(format.encode(entry))
    }

    /// How many lines were dropped since the start, because the buffer was full or the descriptor refused them.
    var droppedLines: Int { outputs.reduce(0) { $0 + $1.droppedLines } }

    /// Waits until all lines so far are written. Blocks: for the end of the process and for tests.
    ///
    /// - Returns: Whether that happened in time.
    @discardableResult
    func flush(within time: Duration = .seconds(5)) -> Bool {
        outputs.allSatisfy { $0.flush(within: time) }
    }
}
