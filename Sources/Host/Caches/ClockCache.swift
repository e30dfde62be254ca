/// A bounded map that keeps what is in use.
///
/// When it is full a hand goes round and takes the first entry that was not used since the hand last passed (CLOCK).
struct ClockCache<Key: Hashable, Value> {
    fileprivate struct Entry {
        let key: Key
        var value: Value
        var isUsed = false
    }

    private let capacity: Int
    private var entries: [Entry] = []
    private var places: [Key: Int] = [:]
    private var hand = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// What is kept under a key, which counts as used now.
    mutating func find(_ key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        entries[place].isUsed = true
        return entries[place].value
    }

    /// Keeps a value, in the place of an earlier one under the key.
    mutating func keep(_ value: Value, under key: Key) {
        if let place = places[key] {
            entries[place] = Entry(key: key, value: value)
        } else if entries.count < capacity {
            places[key] = entries.count
            entries.append(Entry(key: key, value: value))
        } else {
            while entries[hand].isUsed {
                entries[hand].isUsed = false
                hand = (hand + 1) % capacity
            }
            places[entries[hand].key] = nil
            places[key] = hand
            entries[hand] = Entry(key: key, value: value)
            hand = (hand + 1) % capacity
        }
    }

    mutating func remove(_ key: Key) {
        guard let place = places.removeValue(forKey: key) else { return }
        let last = entries.removeLast()
        if place < entries.count {
            entries[place] = last
            places[last.key] = place
        }
        if hand >= entries.count { hand = 0 }
    }
}

extension ClockCache: Sendable where Key: Sendable, Value: Sendable {}
extension ClockCache.Entry: Sendable where Key: Sendable, Value: Sendable {}
