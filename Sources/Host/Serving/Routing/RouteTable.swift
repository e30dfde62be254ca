import PluginAPI

/// Finds what stands at a path. Built once per process over all plugins; tenants only decide which of them exist.
///
/// A literal segment wins over a parameter; a slash at the end makes no difference. Everything at one path is of one
/// owner, so that a plugin that is not enabled hides nothing of the others.
struct RouteTable: Sendable {
    /// A place in the tree. Only numbers, so that walking over it counts no references.
    private struct Node: Sendable {
        /// The first of its literal segments in `edges`; -1 where it has none.
        var firstEdge = -1
        /// Where a parameter leads; -1 where there is none.
        var parameter = -1
    }

    /// A literal segment and where it leads.
    private struct Edge: Sendable {
        let letters: Range<Int>
        let node: Int
        /// The next one of the same node; -1 at the end.
        var next = -1
    }

    /// What stands at a node.
    private struct Place: Sendable {
        var endpoints: [(method: HTTPMethod, endpoint: Endpoint)] = []
        var page: Endpoint?

        /// One of what stands here; nil where nothing does.
        var any: Endpoint? { endpoints.first?.endpoint ?? page }
    }

    /// What stands at a path: the endpoints by method, the page, and the values of the path's parameters, still encoded.
    struct Match: Sendable {
        let endpoints: [(method: HTTPMethod, endpoint: Endpoint)]
        let page: Endpoint?
        let values: [Range<Int>]
    }

    /// Paths of more segments lead nowhere.
    private static let depth = 32

    private var nodes: [Node] = [Node()]
    private var edges: [Edge] = []
    /// The letters of all literal segments, one behind the other.
    private var letters: [UInt8] = []
    /// By node.
    private var places: [Place] = [Place()]

    /// Adds an endpoint.
    ///
    /// - Returns: what is in its way, if anything: the same method, or another owner's path; then nothing is added.
    mutating func add(_ method: HTTPMethod, _ path: String, _ endpoint: Endpoint) -> Endpoint? {
        let at = node(of: path)
        if let other = places[at].endpoints.first(where: { $0.method == method }) { return other.endpoint }
        if let other = places[at].any, other.owner != endpoint.owner { return other }
        let hasTwoForms = method == .get && places[at].page != nil
        if hasTwoForms { places[at].page = places[at].page?.inTwoForms }
        places[at].endpoints.append((method, hasTwoForms ? endpoint.inTwoForms : endpoint))
        return nil
    }

    /// Adds a page, beside what the same owner answers at the path in JSON.
    ///
    /// - Returns: what is in its way, if anything: a page, or another owner's path; then nothing is added.
    mutating func add(page path: String, _ endpoint: Endpoint) -> Endpoint? {
        let at = node(of: path)
        if let other = places[at].page { return other }
        if let other = places[at].any, other.owner != endpoint.owner { return other }
        places[at].page = endpoint
        if let get = places[at].endpoints.firstIndex(where: { $0.method == .get }) {
            places[at].endpoints[get].endpoint = places[at].endpoints[get].endpoint.inTwoForms
            places[at].page = endpoint.inTwoForms
        }
        return nil
    }

    private mutating func node(of path: String) -> Int {
        path.split(separator: "/").reduce(0) { at, segment in
            segment.hasPrefix("{") ? parameter(of: at) : literal(Array(segment.utf8), of: at)
        }
    }

    private mutating func literal(_ text: [UInt8], of parent: Int) -> Int {
        var last = -1
        var edge = nodes[parent].firstEdge
        while edge >= 0 {
            if letters[edges[edge].letters].elementsEqual(text) { return edges[edge].node }
            (last, edge) = (edge, edges[edge].next)
        }
        edges.append(Edge(letters: letters.count..<letters.count + text.count, node: addNode()))
        letters += text
        if last >= 0 { edges[last].next = edges.count - 1 } else { nodes[parent].firstEdge = edges.count - 1 }
        return nodes.count - 1
    }

    private mutating func parameter(of parent: Int) -> Int {
        if nodes[parent].parameter < 0 { nodes[parent].parameter = addNode() }
        return nodes[parent].parameter
    }

    private mutating func addNode() -> Int {
        nodes.append(Node())
        places.append(Place())
        return nodes.count - 1
    }

    /// What stands at a path, given as a range of a request's bytes.
    ///
    /// - Parameter exists: whether an endpoint exists for whoever asks; where it does not, the search goes on.
    func match(_ bytes: [UInt8], _ path: Range<Int>, where exists: (Endpoint) -> Bool) -> Match? {
        var values: [Range<Int>] = []
        guard let found = walk(0, bytes, path, depth: 0, &values, exists) else { return nil }
        return Match(endpoints: places[found].endpoints, page: places[found].page, values: values)
    }

    private func walk(
        _ at: Int, _ bytes: [UInt8], _ path: Range<Int>, depth: Int, _ values: inout [Range<Int>],
        _ exists: (Endpoint) -> Bool
    ) -> Int? {
        var start = path.lowerBound
        while start < path.upperBound, bytes[start] == UInt8(ascii: "/") { start += 1 }
        guard start < path.upperBound else { return places[at].any.map(exists) == true ? at : nil }
        guard depth < Self.depth else { return nil }
        var end = start
        while end < path.upperBound, bytes[end] != UInt8(ascii: "/") { end += 1 }
        var edge = nodes[at].firstEdge
        while edge >= 0 {
            if isEqual(edges[edge].letters, bytes, start..<end),
                let found = walk(edges[edge].node, bytes, end..<path.upperBound, depth: depth + 1, &values, exists)
            {
                return found
            }
            edge = edges[edge].next
        }
        guard nodes[at].parameter >= 0 else { return nil }
        values.append(start..<end)
        let next = nodes[at].parameter
        if let found = walk(next, bytes, end..<path.upperBound, depth: depth + 1, &values, exists) { return found }
        values.removeLast()
        return nil
    }

    private func isEqual(_ text: Range<Int>, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard text.count == range.count else { return false }
        for offset in 0..<text.count where bytes[range.lowerBound + offset] != letters[text.lowerBound + offset] {
            return false
        }
        return true
    }
}
