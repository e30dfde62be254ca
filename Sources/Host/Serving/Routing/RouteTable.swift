import PluginAPI

/// Finds what stands at a path. Built once per process over all plugins; tenants only decide which of them exist.
///
/// A literal segment wins over a parameter; a slash at the end makes no difference. Everything at one path is of one
/// owner, so that a plugin that is not enabled hides nothing of the others.
struct RouteTable: Sendable {
    private struct Node: Sendable {
        var literals: [(text: [UInt8], node: Int)] = []
        var parameter: Int?
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

    /// Adds an endpoint.
    ///
    /// - Returns: what is in its way, if anything: the same method, or another owner's path; then nothing is added.
    mutating func add(_ method: HTTPMethod, _ path: String, _ endpoint: Endpoint) -> Endpoint? {
        let at = node(of: path)
        if let other = nodes[at].endpoints.first(where: { $0.method == method }) { return other.endpoint }
        if let other = nodes[at].any, other.owner != endpoint.owner { return other }
        let hasTwoForms = method == .get && nodes[at].page != nil
        if hasTwoForms { nodes[at].page = nodes[at].page?.inTwoForms }
        nodes[at].endpoints.append((method, hasTwoForms ? endpoint.inTwoForms : endpoint))
        return nil
    }

    /// Adds a page, beside what the same owner answers at the path in JSON.
    ///
    /// - Returns: what is in its way, if anything: a page, or another owner's path; then nothing is added.
    mutating func add(page path: String, _ endpoint: Endpoint) -> Endpoint? {
        let at = node(of: path)
        if let other = nodes[at].page { return other }
        if let other = nodes[at].any, other.owner != endpoint.owner { return other }
        nodes[at].page = endpoint
        if let get = nodes[at].endpoints.firstIndex(where: { $0.method == .get }) {
            nodes[at].endpoints[get].endpoint = nodes[at].endpoints[get].endpoint.inTwoForms
            nodes[at].page = endpoint.inTwoForms
        }
        return nil
    }

    private mutating func node(of path: String) -> Int {
        path.split(separator: "/").reduce(0) { at, segment in
            segment.hasPrefix("{") ? parameter(of: at) : literal(Array(segment.utf8), of: at)
        }
    }

    private mutating func literal(_ text: [UInt8], of parent: Int) -> Int {
        if let known = nodes[parent].literals.first(where: { $0.text == text }) { return known.node }
        nodes.append(Node())
        nodes[parent].literals.append((text, nodes.count - 1))
        return nodes.count - 1
    }

    private mutating func parameter(of parent: Int) -> Int {
        if let known = nodes[parent].parameter { return known }
        nodes.append(Node())
        nodes[parent].parameter = nodes.count - 1
        return nodes.count - 1
    }

    /// What stands at a path, given as a range of a request's bytes.
    ///
    /// - Parameter exists: whether an endpoint exists for whoever asks; where it does not, the search goes on.
    func match(_ bytes: [UInt8], _ path: Range<Int>, where exists: (Endpoint) -> Bool) -> Match? {
        var segments: [Range<Int>] = []
        segments.reserveCapacity(8)
        var start = path.lowerBound
        for index in path where bytes[index] == UInt8(ascii: "/") {
            if index > start { segments.append(start..<index) }
            start = index + 1
        }
        if start < path.upperBound { segments.append(start..<path.upperBound) }
        guard segments.count <= Self.depth else { return nil }
        var values: [Range<Int>] = []
        guard let found = walk(0, segments[...], bytes, &values, exists) else { return nil }
        return Match(endpoints: nodes[found].endpoints, page: nodes[found].page, values: values)
    }

    private func walk(
        _ at: Int, _ segments: ArraySlice<Range<Int>>, _ bytes: [UInt8], _ values: inout [Range<Int>],
        _ exists: (Endpoint) -> Bool
    ) -> Int? {
        guard let segment = segments.first else {
            return nodes[at].any.map(exists) == true ? at : nil
        }
        for (text, node) in nodes[at].literals where Self.isEqual(text, bytes, segment) {
            if let found = walk(node, segments.dropFirst(), bytes, &values, exists) { return found }
        }
        guard let parameter = nodes[at].parameter else { return nil }
        values.append(segment)
        if let found = walk(parameter, segments.dropFirst(), bytes, &values, exists) { return found }
        values.removeLast()
        return nil
    }

    private static func isEqual(_ text: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard text.count == range.count else { return false }
        for offset in text.indices where bytes[range.lowerBound + offset] != text[offset] { return false }
        return true
    }
}
