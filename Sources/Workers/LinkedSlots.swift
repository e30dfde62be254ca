/// Doubly linked lists that share one array of slots: adding at the end and removing anywhere take constant time, and a
/// freed slot is used again. The array grows to the largest number of elements held at once.
struct LinkedSlots<Element: Sendable>: Sendable {
    /// One list; its slots live in the ``LinkedSlots`` that made it.
    struct List: Sendable {
        fileprivate(set) var first: Int?
        fileprivate(set) var last: Int?
        fileprivate(set) var count = 0
    }

    private struct Slot: Sendable {
        var element: Element?
        var previous: Int?
        var next: Int?
    }

    private var slots: [Slot] = []
    private var free: [Int] = []

    /// The element in `index`, if that slot is in use.
    subscript(index: Int) -> Element? {
        slots.indices.contains(index) ? slots[index].element : nil
    }

    /// Adds `element` at the end of `list`.
    /// - Returns: The slot it stays in until it is removed.
    mutating func append(_ element: Element, to list: inout List) -> Int {
        let slot = Slot(element: element, previous: list.last, next: nil)
        let index: Int
        if let reused = free.popLast() {
            index = reused
            slots[index] = slot
        } else {
            index = slots.count
            slots.append(slot)
        }
        if let last = list.last { slots[last].next = index } else { list.first = index }
        list.last = index
        list.count += 1
        return index
    }

    /// Takes the element out of the slot `index`, which must belong to `list`.
    mutating func remove(_ index: Int, from list: inout List) -> Element? {
        guard slots.indices.contains(index), let element = slots[index].element else { return nil }
        let slot = slots[index]
        if let previous = slot.previous { slots[previous].next = slot.next } else { list.first = slot.next }
        if let next = slot.next { slots[next].previous = slot.previous } else { list.last = slot.previous }
        slots[index] = Slot(element: nil, previous: nil, next: nil)
        free.append(index)
        list.count -= 1
        return element
    }
}
