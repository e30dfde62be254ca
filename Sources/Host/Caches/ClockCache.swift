/// A bounded map that keeps what is in use.
///
/// When it is full a hand goes round and takes the first entry that was not used since the hand last passed (CLOCK).
struct ClockCache<Key: ClockKey, Value> {
    fileprivate struct Entry {
        let key: Key
        var value: Value
        var isUsed = false
    }

    private let capacity: Int
    private var entries: [Entry] = []
    /// By digest. Of two keys with one digest, which is as good as never, the later one stays.
    private var places: [Int: Int] = [:]
    private var hand = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// What is kept under a key, which counts as used now.
    mutating func find(_ key: Key) -> Value? { find(digest: key.digest) { $0 == key } }

    /// What is kept under the key with this digest, if it is the one that is meant. So a look-up need not make a key.
    mutating func find(digest: Int, where isMeant: (borrowing Key) -> Bool) -> Value? {
        guard let place = places[digest], isMeant(entries[place].key) else { return nil }
        entries[place].isUsed = true
        return entries[place].value
    }

    /// Keeps a value, in the place of an earlier one under the key.
    mutating func keep(_ value: Value, under key: Key) {
        let entry = Entry(key: key, value: value)
        if let place = places[key.digest] {
            entries[place] = entry
        } else if entries.count < capacity {
            places[key.digest] = entries.count
            entries.append(entry)
        } else {
            while entries[hand].isUsed {
                entries[hand].isUsed = false
                hand = (hand + 1) % capacity
            }
            places[entries[hand].key.digest] = nil
            places[key.digest] = hand
            entries[hand] = entry
            hand = (hand + 1) % capacity
        }
    }

    mutating func remove(_ key: Key) {
        guard let place = places[key.digest], entries[place].key == key else { return }
        places[key.digest] = nil
        let last = entries.removeLast()
        if place < entries.count {
            entries[place] = last
            places[last.key.digest] = place
        }
        if hand >= entries.count { hand = 0 }
    }
}

/// What something is kept under.
protocol ClockKey: Equatable {
    /// A hash of all of it, with the process's random seed: equal for equal keys, and hardly ever for others.
    var digest: Int { get }
}

extension ClockCache: Sendable where Key: Sendable, Value: Sendable {}
extension ClockCache.Entry: Sendable where Key: Sendable, Value: Sendable {}
