/// The requests of one key in one window: one count for each sixtieth of the window's length.
///
/// Time is cut into slots of a sixtieth of the window, rounded up. Counted are the running slot and the 60 before it,
/// the oldest in full: a request is forgotten when its slot is 61 behind, which is never sooner than one window and
/// never later than a window and a sixtieth after it. So no interval of the window's length holds more than the limit.
struct WindowCounter {
    private static let slots = 61

    /// The running slot; never goes back.
    private var slot = Int64.min
    /// All requests that are not forgotten.
    private(set) var total: UInt32 = 0
    /// Where the running slot stands in `counts`.
    private var position = 0
    /// A ring of all slots; empty as long as all requests are in the running slot, so a key seen once costs no memory here.
    private var counts: [UInt32] = []
    /// The slot of the oldest request that is not forgotten; of no meaning while there is none.
    private var oldest = Int64.min

    /// Forgets what is too old when the running slot is `new`. An earlier slot changes nothing.
    mutating func advance(to new: Int64) {
        guard new > slot else { return }
        if total == 0 || new - slot >= Self.slots {
            total = 0
            counts = []
            position = 0
        } else {
            if counts.isEmpty {
                counts = [UInt32](repeating: 0, count: Self.slots)
                counts[position] = total
            }
            for _ in 0..<(new - slot) {
                position = position + 1 == Self.slots ? 0 : position + 1
                total -= counts[position]
                counts[position] = 0
            }
            findOldest(from: new - Int64(Self.slots) + 1)
        }
        slot = new
    }

    /// Counts a request in the running slot.
    mutating func add() {
        if total == 0 { oldest = slot }
        total += 1
        if !counts.isEmpty { counts[position] += 1 }
    }

    /// Where the oldest request is, when slots before `first` were forgotten.
    private mutating func findOldest(from first: Int64) {
        guard total > 0, oldest < first else { return }
        oldest = first
        var index = position + 1 == Self.slots ? 0 : position + 1
        // There is one, since the counts are those of `total`.
        while counts[index] == 0, oldest < first + Int64(Self.slots) {
            index = index + 1 == Self.slots ? 0 : index + 1
            oldest += 1
        }
    }

    /// The first slot in which the oldest counted request is forgotten; nil when nothing is counted.
    var nextToForget: Int64? { total > 0 ? oldest + Int64(Self.slots) : nil }
}
