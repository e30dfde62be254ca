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
    /// By node: one of what stands there; nil where nothing does.
    private var samples: [Endpoint?] = [nil]

    /// Adds an endpoint.
    ///
    /// - Returns: what is in its way, if anything: the same method, or another owner's path; then nothing is added.
    mutating func add(_ method: HTTPMethod, _ path: String, _ endpoint: Endpoint) -> Endpoint? {
        let at = node(of: path)
        if let other = places[at].endpoints.first(where: { $0.method == method }) { return other.endpoint }
        if let other = samples[at], other.owner != endpoint.owner { return other }
        let hasTwoForms = method == .get && places[at].page != nil
        if hasTwoForms { places[at].page = places[at].page?.inTwoForms }
        places[at].endpoints.append((method, hasTwoForms ? endpoint.inTwoForms : endpoint))
        samples[at] = samples[at] ?? endpoint
        return nil
    }

    /// Adds a page, beside what the same owner answers at the path in JSON.
    ///
    /// - Returns: what is in its way, if anything: a page, or another owner's path; then nothing is added.
    mutating func add(page path: String, _ endpoint: Endpoint) -> Endpoint? {
        let at = node(of: path)
        if let other = places[at].page { return other }
        if let other = samples[at], other.owner != endpoint.owner { return other }
        places[at].page = endpoint
        samples[at] = samples[at] ?? endpoint
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
        samples.append(nil)
        return nodes.count - 1
    }

    /// What stands at a path, given as a range of a request's bytes.
    ///
    /// - Parameter exists: whether an endpoint exists for whoever asks; where it does not, the search goes on.
    func match(_ bytes: [UInt8], _ path: Range<Int>, where exists: (Endpoint) -> Bool) -> Match? {
        var search = Search(path: path)
        // Lent once, so that the walk counts no references.
        let found = Self.walk(
            0, from: path.lowerBound, depth: 0, &search, bytes.span, nodes.span, edges.span, letters.span, samples.span,
            exists)
        guard let found else { return nil }
        return Match(endpoints: places[found].endpoints, page: places[found].page, values: search.values)
    }

    /// A path, and the parameters found in it so far.
    private struct Search {
        let path: Range<Int>
        var values: [Range<Int>] = []
    }

    /// The node of what is left of the path from `from` on.
    private static func walk(
        _ at: Int, from: Int, depth: Int, _ search: inout Search, _ bytes: Span<UInt8>, _ nodes: Span<Node>,
        _ edges: Span<Edge>, _ letters: Span<UInt8>, _ samples: Span<Endpoint?>, _ exists: (Endpoint) -> Bool
    ) -> Int? {
        let pathEnd = search.path.upperBound
        var start = from
        while start < pathEnd, bytes[start] == UInt8(ascii: "/") { start &+= 1 }
        guard start < pathEnd else { return samples[at].map(exists) == true ? at : nil }
        guard depth < Self.depth else { return nil }
        var end = start
        while end < pathEnd, bytes[end] != UInt8(ascii: "/") { end &+= 1 }
        func rest(_ node: Int, _ search: inout Search) -> Int? {
            walk(node, from: end, depth: depth + 1, &search, bytes, nodes, edges, letters, samples, exists)
        }
        var edge = nodes[at].firstEdge
        while edge >= 0 {
            let place = edges[edge].letters
            if place.count == end - start, areEqual(letters.extracting(place), bytes.extracting(start..<end)),
                let found = rest(edges[edge].node, &search)
            {
                return found
            }
            edge = edges[edge].next
        }
        let parameter = nodes[at].parameter
        guard parameter >= 0 else { return nil }
        search.values.append(start..<end)
        if let found = rest(parameter, &search) { return found }
        search.values.removeLast()
        return nil
    }

    /// Whether two texts of one length are the same.
    private static func areEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        for offset in one.indices where one[offset] != other[offset] { return false }
        return true
    }
}
