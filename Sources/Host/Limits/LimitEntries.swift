import Time

/// The keys of one shard, those under their limit in the order of their last use.
struct LimitEntries {
    private let capacity: Int
    private var index: [LimitKey: Int] = [:]
    private var entries: [LimitEntry] = []
    /// Places in `entries` that hold no key.
    private var vacant: [Int] = []
    /// Under their limit, ordered by last use; these may be dropped.
    private var open = LimitList()
    /// At their limit when last used; not dropped before that has passed.
    private var full = LimitList()
    /// No key in `full` is released sooner.
    private var nextRelease = Int64.max
    private var clock = LimitClock()
    private var uses: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { index.count }

    mutating func check(_ policy: LimitPolicy, _ key: LimitKey, _ now: Instant) -> LimitVerdict {
        let time = clock.advance(to: now.microseconds)
        guard key.value.isKeepable, let place = index[key] ?? insert(key, policy, time) else {
            return LimitVerdict(refusing: policy, until: max(nextRelease, time), at: time, clock, now)
        }
        uses += 1
        entries[place].lastUse = uses
        let wasFull = entries[place].isFull
        let outcome = entries[place].count(policy, at: time)
        switch (wasFull, entries[place].isFull) {
        case (false, false): open.moveToFront(place, &entries)
        case (false, true):
            open.remove(place, &entries)
            full.pushFront(place, &entries)
        case (true, false):
            full.remove(place, &entries)
            open.pushFront(place, &entries)
        case (true, true): break
        }
        if entries[place].isFull { nextRelease = min(nextRelease, entries[place].freeAt) }
        return LimitVerdict(outcome, policy, clock, now)
    }

    /// Makes room for a key under its limit; nil when every key is at its limit.
    private mutating func insert(_ key: LimitKey, _ policy: LimitPolicy, _ time: Int64) -> Int? {
        release(time)
        // Two for one: idle keys go faster than new ones come, and no request pays for many.
        for _ in 0..<2 {
            guard let last = open.last, entries[last].idleAt <= time else { break }
            drop(last)
        }
        if index.count >= capacity {
            guard let last = open.last else { return nil }
            drop(last)
        }
        let entry = LimitEntry(key, windows: policy.windows.count)
        let place: Int
        if let free = vacant.popLast() {
            place = free
            entries[place] = entry
        } else {
            place = entries.count
            entries.append(entry)
        }
        index[key] = place
        open.pushFront(place, &entries)
        return place
    }

    private mutating func drop(_ place: Int) {
        open.remove(place, &entries)
        index[entries[place].key] = nil
        // The counters go too; the place is filled again before it is read.
        entries[place] = LimitEntry(entries[place].key.withoutValue, windows: 0)
        vacant.append(place)
    }

    /// Puts keys whose time at the limit has passed back among the others, each where its last use belongs.
    /// A key comes here only after as many requests as its limit, which pay for the walk.
    private mutating func release(_ time: Int64) {
        guard nextRelease <= time else { return }
        nextRelease = .max
        var place = full.last
        while let current = place {
            place = full.before(current, entries)
            if entries[current].freeAt <= time {
                entries[current].isFull = false
                full.remove(current, &entries)
                open.insert(current, &entries)
            } else {
                nextRelease = min(nextRelease, entries[current].freeAt)
            }
        }
    }
}
