/// Connections that wait for their turn, first come first served. A loop gives so many of them a turn each round that
/// sockets with something small to say never wait long.
struct TurnQueue<Element> {
    private var waiting: [Element] = []
    /// How many at the front have had their turn.
    private var taken = 0

    var isEmpty: Bool { taken == waiting.count }

    mutating func append(_ element: Element) { waiting.append(element) }

    /// Takes the first, at most so many; what they append in turn comes behind the others.
    mutating func take(_ limit: Int) -> [Element] {
        guard !isEmpty else { return [] }
        if taken == 0, waiting.count <= limit {
            defer { waiting = [] }
            return waiting
        }
        let turn = Array(waiting[taken..<min(taken + limit, waiting.count)])
        taken += turn.count
        // Moving the rest to the front costs no more than taking it has cost.
        if taken * 2 >= waiting.count {
            waiting = Array(waiting[taken...])
            taken = 0
        }
        return turn
    }
}
