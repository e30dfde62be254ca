/// Deadlines in coarse slots of 32 ms. A deadline past the wheel's reach sits in its last slot and is put back when that
/// comes round; an owner whose deadline moved later does the same, so extending a deadline costs nothing.
struct TimerWheel {
    enum Entry {
        /// A connection by its place in the table; whether it still is the same one is the table's to say.
        case connection(ConnectionID)
        case work(ScheduledWork)
    }

    static let slotCount = 2048
    /// Milliseconds of a slot, as a shift.
    static let shift: Int64 = 5

    private var slots = [[Entry]](repeating: [], count: slotCount)
    private var occupied = [UInt64](repeating: 0, count: slotCount / 64)
    /// The last tick whose slot has been emptied.
    private var current: Int64
    private(set) var count = 0

    init(now: Int64) { current = now >> Self.shift }

    /// Puts an entry where it fires at or after `deadline` (milliseconds), and returns the tick it was put at.
    mutating func insert(_ entry: Entry, deadline: Int64) -> Int64 {
        let tick = tick(for: deadline)
        let slot = Int(tick & Int64(Self.slotCount - 1))
        slots[slot].append(entry)
        occupied[slot >> 6] |= 1 << UInt64(slot & 63)
        count += 1
        return tick
    }

    /// The first tick that is not before the deadline.
    static func wanted(for deadline: Int64) -> Int64 { (deadline >> shift) + 1 }

    /// The tick an entry with that deadline would be put at.
    func tick(for deadline: Int64) -> Int64 {
        min(max(Self.wanted(for: deadline), current + 1), current + Int64(Self.slotCount) - 1)
    }

    /// Takes everything due at `now`, with the tick of each.
    mutating func takeDue(_ now: Int64) -> [(Entry, Int64)] {
        let target = now >> Self.shift
        guard count > 0 else {
            current = max(current, target)
            return []
        }
        var due: [(Entry, Int64)] = []
        let last = min(target, current + Int64(Self.slotCount))
        while current < last {
            current += 1
            let slot = Int(current & Int64(Self.slotCount - 1))
            guard occupied[slot >> 6] & (1 << UInt64(slot & 63)) != 0 else { continue }
            for entry in slots[slot] { due.append((entry, current)) }
            count -= slots[slot].count
            slots[slot] = []
            occupied[slot >> 6] &= ~(1 << UInt64(slot & 63))
        }
        current = max(current, target)
        return due
    }

    /// Milliseconds until the next occupied slot, or -1 when there is none.
    func timeout(_ now: Int64) -> Int32 {
        guard count > 0 else { return -1 }
        var tick = current + 1
        while tick < current + Int64(Self.slotCount) {
            let slot = Int(tick & Int64(Self.slotCount - 1))
            let word = occupied[slot >> 6] >> UInt64(slot & 63)
            if word == 0 {
                tick += Int64(64 - (slot & 63))
            } else {
                tick += Int64(word.trailingZeroBitCount)
                break
            }
        }
        return Int32(clamping: max((tick << Self.shift) - now, 0))
    }
}
