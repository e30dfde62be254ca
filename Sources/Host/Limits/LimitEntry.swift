/// What the table knows of one key.
struct LimitEntry {
    /// What came of counting a request. Times are those of the shard, in microseconds.
    struct Outcome {
        let isAllowed: Bool
        /// The window that the client is told about.
        let shown: Int
        /// How much is left in that window.
        let remaining: UInt32
        /// When that window next admits one more than now.
        let resetAt: Int64
        /// When the next request would be allowed; now, unless a window is at its limit.
        let freeAt: Int64
    }

    private(set) var key: LimitKey
    private var counters: [WindowCounter]
    /// Neighbours in the list the entry is in.
    var previous = -1
    var next = -1
    /// Where it is in the heap of those at their limit; -1 when it is not.
    var heapIndex = -1
    /// Counts up with every use in the shard.
    var lastUse: UInt64 = 0
    /// Whether a window was at its limit after the last use.
    var isFull = false
    /// Until when it is at its limit.
    var freeAt = Int64.min
    /// From when on it holds nothing that is not forgotten.
    var idleAt = Int64.min

    init(_ key: LimitKey, windows: Int) {
        self.key = key
        counters = [WindowCounter](repeating: WindowCounter(), count: windows)
    }

    /// Forgets all that is known and the key with it; the memory for counts of other moments is freed.
    mutating func end() {
        key = key.withoutValue
        for index in counters.indices { counters[index] = WindowCounter() }
        isFull = false
        freeAt = .min
        idleAt = .min
    }

    /// Takes another key after ``end()``.
    mutating func begin(_ key: LimitKey, windows: Int) {
        self.key = key
        guard counters.count != windows else { return }
        counters = [WindowCounter](repeating: WindowCounter(), count: windows)
    }

    /// Counts a request in all windows, or in none when one of them is at its limit.
    mutating func count(_ policy: LimitPolicy, at time: Int64) -> Outcome {
        let windows = policy.windows
        var isAllowed = true
        for index in windows.indices {
            counters[index].advance(to: time / windows[index].grain)
            if counters[index].total >= windows[index].limit { isAllowed = false }
        }
        if isAllowed {
            for index in windows.indices { counters[index].add() }
            idleAt = time + policy.memory
        }
        isFull = false
        var shown = -1
        freeAt = time
        for index in windows.indices {
            let window = windows[index]
            let remaining = window.limit - counters[index].total
            if remaining == 0 {
                isFull = true
                freeAt = max(freeAt, reset(index, window, time))
            }
            // Refused, only windows at their limit are shown, a burst only when it is the only one; allowed, no burst.
            guard isAllowed ? !window.isBurst : remaining == 0 else { continue }
            if shown < 0 || isShown(index, before: shown, windows, time) { shown = index }
        }
        guard shown >= 0 else {
            return Outcome(isAllowed: true, shown: 0, remaining: 0, resetAt: time, freeAt: time)
        }
        let window = windows[shown]
        return Outcome(
            isAllowed: isAllowed, shown: shown, remaining: window.limit - counters[shown].total,
            resetAt: reset(shown, window, time), freeAt: freeAt)
    }

    /// Whether a window is to be shown rather than another: longer windows before bursts, then the one with less left,
    /// then the one that takes longer to have more.
    private func isShown(_ index: Int, before other: Int, _ windows: [LimitPolicy.Window], _ time: Int64) -> Bool {
        if windows[index].isBurst != windows[other].isBurst { return windows[other].isBurst }
        let left = windows[index].limit - counters[index].total
        let otherLeft = windows[other].limit - counters[other].total
        if left != otherLeft { return left < otherLeft }
        return reset(index, windows[index], time) > reset(other, windows[other], time)
    }

    /// When the oldest request in a window is forgotten.
    private func reset(_ index: Int, _ window: LimitPolicy.Window, _ time: Int64) -> Int64 {
        if let slot = counters[index].nextToForget { return slot * window.grain }
        // A window that admits nobody has nothing to forget.
        return window.limit == 0 ? time + window.grain * 60 : time
    }
}
