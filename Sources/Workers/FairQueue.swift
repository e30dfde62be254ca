/// First in, first out for each key, and turn by turn between keys. A key that becomes busy joins the end of the round.
struct FairQueue<Element: Sendable>: Sendable {
    /// Names one queued element, also after it has left.
    struct Ticket: Sendable {
        fileprivate let key: UInt64
        fileprivate let slot: Int
        fileprivate let serial: UInt64
    }

    private struct Entry: Sendable {
        let element: Element
        let serial: UInt64
    }

    private struct Lane: Sendable {
        var entries = LinkedSlots<Entry>.List()
        var turn: Int
    }

    private var entries = LinkedSlots<Entry>()
    private var lanes: [UInt64: Lane] = [:]
    private var turns = LinkedSlots<UInt64>()
    private var round = LinkedSlots<UInt64>.List()
    private var lastSerial: UInt64 = 0

    /// How many elements wait, over all keys.
    private(set) var count = 0

    /// How many keys have elements waiting.
    var keyCount: Int { lanes.count }

    /// How many elements of `key` wait.
    func count(for key: UInt64) -> Int { lanes[key]?.entries.count ?? 0 }

    /// Adds `element` behind the others of `key`.
    mutating func append(_ element: Element, for key: UInt64) -> Ticket {
        lastSerial += 1
        var lane = lanes[key] ?? Lane(turn: turns.append(key, to: &round))
        let slot = entries.append(Entry(element: element, serial: lastSerial), to: &lane.entries)
        lanes[key] = lane
        count += 1
        return Ticket(key: key, slot: slot, serial: lastSerial)
    }

    /// Takes the first element of the key whose turn it is; that key's next turn comes after all others.
    mutating func popFirst() -> Element? {
        guard let turn = round.first, let key = turns[turn], let slot = lanes[key]?.entries.first else { return nil }
        let element = take(slot, of: key)
        if var lane = lanes[key] {
            _ = turns.remove(lane.turn, from: &round)
            lane.turn = turns.append(key, to: &round)
            lanes[key] = lane
        }
        return element
    }

    /// Takes out the element `ticket` names, if it still waits.
    mutating func remove(_ ticket: Ticket) -> Element? {
        // A slot is used again; the serial tells whether it still holds the same element.
        guard entries[ticket.slot]?.serial == ticket.serial else { return nil }
        return take(ticket.slot, of: ticket.key)
    }

    private mutating func take(_ slot: Int, of key: UInt64) -> Element? {
        guard var lane = lanes[key], let entry = entries.remove(slot, from: &lane.entries) else { return nil }
        count -= 1
        if lane.entries.count == 0 {
            _ = turns.remove(lane.turn, from: &round)
            lanes[key] = nil
        } else {
            lanes[key] = lane
        }
        return entry.element
    }
}
