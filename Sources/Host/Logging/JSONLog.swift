import PluginAPI
import Synchronization
import Time

/// The operator's log: one line for each event, on a descriptor that is usually standard error.
///
/// Callers never wait for the reader of the log. Lines go to a buffer of bounded size which a thread of its own writes out,
/// because a write to a full pipe blocks, and blocking an event loop would let a slow log reader stop the portal.
/// Lines that find the buffer full are counted and dropped; a line says how many as soon as there is room.
/// Lines still in the buffer are lost when the process is killed; ``flush(within:)`` waits for them.
final class JSONLog: LogSink {
    private let format: LogFormat
    private let level: LogLevel
    private let clock: any TimeSource
    private let output: LogOutput

    /// A log on a descriptor, which stays the caller's to close after the last line.
    ///
    /// - Parameters:
    ///   - level: Lines below it are left out.
    ///   - capacity: How many bytes may wait to be written.
    init(
        to descriptor: Int32 = 2, level: LogLevel = .info, format: LogFormat = .json, clock: any TimeSource = .system,
        capacity: Int = 1 << 20
    ) {
        self.format = format
        self.level = level
        self.clock = clock
        output = LogOutput(descriptor: descriptor, capacity: capacity) { count in
            let line = LogLine(.warning, "log lines dropped", fields: ["lines": .integer(Int64(count))])
            return format.encode(line, at: clock.now)
        }
    }

    func accepts(_ level: LogLevel) -> Bool { level >= self.level }

    func write(_ line: LogLine) {
        guard accepts(line.level) else { return }
        output.append(format.encode(line, at: clock.now))
    }

    func access(_ entry: AccessEntry) {
        guard accepts(.info) else { return }
        output.append(format.encode(entry, at: clock.now))
    }

    /// How many lines were dropped since the start, because the buffer was full or the descriptor refused them.
    var droppedLines: Int { output.droppedLines }

    /// Waits until all lines so far are written. Blocks: for the end of the process and for tests.
    ///
    /// - Returns: Whether that happened in time.
    @discardableResult
    func flush(within time: Duration = .seconds(5)) -> Bool { output.flush(within: time) }
}
