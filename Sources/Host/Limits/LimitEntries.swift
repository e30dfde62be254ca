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
    private var full = LimitHeap()
    private var clock = LimitClock()
    private var uses: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { index.count }

    mutating func check(_ policy: LimitPolicy, _ key: LimitKey, _ now: Instant) -> LimitVerdict {
        let time = clock.advance(to: now.microseconds)
        guard key.value.isKeepable else { return LimitVerdict(refusing: policy, until: time, clock, now) }
        guard let place = index[key] ?? insert(key, policy, time) else {
            // Never longer than one of the policy's own refusals.
            let release = full.first.map { entries[$0].freeAt } ?? time
            return LimitVerdict(refusing: policy, until: min(release, time + policy.memory), clock, now)
        }
        uses += 1
        entries[place].lastUse = uses
        let wasFull = entries[place].isFull
        let outcome = entries[place].count(policy, at: time)
        switch (wasFull, entries[place].isFull) {
        case (false, false): open.moveToFront(place, &entries)
        case (false, true):
            open.remove(place, &entries)
            full.insert(place, &entries)
        case (true, false):
            full.remove(place, &entries)
            open.pushFront(place, &entries)
        case (true, true): full.update(place, &entries)
        }
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
        let place: Int
        if let free = vacant.popLast() {
            place = free
            entries[place].begin(key, windows: policy.windows.count)
        } else {
            place = entries.count
            entries.append(LimitEntry(key, windows: policy.windows.count))
        }
        index[key] = place
        open.pushFront(place, &entries)
        return place
    }

    private mutating func drop(_ place: Int) {
        open.remove(place, &entries)
        index[entries[place].key] = nil
        entries[place].end()
        vacant.append(place)
    }

    /// Puts keys whose time at the limit has passed back among the others, each where its last use belongs.
    private mutating func release(_ time: Int64) {
        while let place = full.first, entries[place].freeAt <= time {
            entries[place].isFull = false
            full.remove(place, &entries)
            open.insert(place, &entries)
        }
    }
}
