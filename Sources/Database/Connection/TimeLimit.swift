internal import CSQLite
internal import Glibc

/// Nanoseconds of the clock that never goes back.
enum MonotonicClock {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

/// Interrupts what runs on a connection past a point in time.
final class TimeLimit {
    /// In nanoseconds of the monotonic clock; nil lets it run.
    var deadline: Int64?
    /// Whether it interrupted something since it was last set.
    private(set) var hasFired = false

    /// Installs it; it must live as long as the connection.
    func install(on handle: OpaquePointer) {
        // 4,000 instructions of SQLite's machine take some 20 to 100 µs.
        sqlite3_progress_handler(
            handle, 4_000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<TimeLimit>.fromOpaque(context).takeUnretainedValue().isOver() ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func set(_ deadline: Int64?) {
        self.deadline = deadline
        hasFired = false
    }

    private func isOver() -> Bool {
        guard let deadline, MonotonicClock.now() > deadline else { return false }
        hasFired = true
        return true
    }
}
