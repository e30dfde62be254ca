/// A doubly linked list through the entries of a shard, most recently used first.
struct LimitList {
    private var head = -1
    private var tail = -1

    /// The least recently used.
    var last: Int? { tail < 0 ? nil : tail }

    mutating func pushFront(_ place: Int, _ entries: inout [LimitEntry]) {
        link(place, before: head, &entries)
    }

    mutating func moveToFront(_ place: Int, _ entries: inout [LimitEntry]) {
        guard head != place else { return }
        remove(place, &entries)
        pushFront(place, &entries)
    }

    /// Puts an entry where its last use belongs, looking from the least recently used.
    mutating func insert(_ place: Int, _ entries: inout [LimitEntry]) {
        var older = -1
        var newer = tail
        while newer >= 0, entries[newer].lastUse < entries[place].lastUse {
            older = newer
            newer = entries[newer].previous
        }
        link(place, before: older, &entries)
    }

    mutating func remove(_ place: Int, _ entries: inout [LimitEntry]) {
        let previous = entries[place].previous
        let next = entries[place].next
        if previous < 0 { head = next } else { entries[previous].next = next }
        if next < 0 { tail = previous } else { entries[next].previous = previous }
        entries[place].previous = -1
        entries[place].next = -1
    }

    /// Puts an entry before another, or at the end.
    private mutating func link(_ place: Int, before next: Int, _ entries: inout [LimitEntry]) {
        let previous = next < 0 ? tail : entries[next].previous
        entries[place].previous = previous
        entries[place].next = next
        if previous < 0 { head = place } else { entries[previous].next = place }
        if next < 0 { tail = place } else { entries[next].previous = place }
    }
}
