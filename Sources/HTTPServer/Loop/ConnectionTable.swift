/// The place of a connection in its loop's table, with a generation, so that an event or a timer for a connection that is
/// gone never reaches the one that took its place.
struct ConnectionID: Hashable {
    var slot: UInt32
    var generation: UInt32

    /// As the token epoll carries. Generations begin at 1, so listeners have the tokens below 2³².
    var token: UInt64 { UInt64(generation) << 32 | UInt64(slot) }

    init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    init(token: UInt64) {
        slot = UInt32(truncatingIfNeeded: token)
        generation = UInt32(truncatingIfNeeded: token >> 32)
    }
}

/// The connections of one loop.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var generations: [UInt32] = []
    private var free: [UInt32] = []
    private(set) var count = 0

    /// The place the next connection gets.
    mutating func reserve() -> ConnectionID {
        if let slot = free.popLast() { return ConnectionID(slot: slot, generation: generations[Int(slot)]) }
        slots.append(nil)
        generations.append(1)
        return ConnectionID(slot: UInt32(slots.count - 1), generation: 1)
    }

    mutating func insert(_ connection: Connection) {
        slots[Int(connection.id.slot)] = connection
        count += 1
    }

    mutating func remove(_ id: ConnectionID) {
        guard self[id] != nil else { return }
        slots[Int(id.slot)] = nil
        count -= 1
        release(id)
    }

    /// Gives a reserved place back.
    mutating func release(_ id: ConnectionID) {
        let next = generations[Int(id.slot)] &+ 1
        // The upper half of the tokens is that of outbound connections, and of waking up.
        generations[Int(id.slot)] = next >= 1 << 31 ? 1 : next
        free.append(id.slot)
    }

    subscript(id: ConnectionID) -> Connection? {
        let slot = Int(id.slot)
        guard slot < slots.count, let connection = slots[slot], connection.id == id else { return nil }
        return connection
    }

    /// All connections now.
    var all: [Connection] { slots.compactMap { $0 } }
}
