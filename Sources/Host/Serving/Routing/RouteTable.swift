import PluginAPI

/// Finds the endpoint of a path. Built once per process over all plugins; tenants only decide which of them exist.
///
/// A literal segment wins over a parameter; a slash at the end makes no difference.
struct RouteTable: Sendable {
    private struct Node: Sendable {
        var literals: [(text: [UInt8], node: Int)] = []
        var parameter: Int?
        var endpoints: [(method: HTTPMethod, endpoint: Endpoint)] = []
    }

    /// What stands at a path: the endpoints by method and the values of the path's parameters, still encoded.
    struct Match: Sendable {
        let endpoints: [(method: HTTPMethod, endpoint: Endpoint)]
        let values: [Range<Int>]
    }

    private var nodes: [Node] = [Node()]

    /// Adds an endpoint.
    ///
    /// - Returns: the endpoint that stands there already, if there is one; then nothing is added.
    mutating func add(_ method: HTTPMethod, _ path: String, _ endpoint: Endpoint) -> Endpoint? {
        var at = 0
        for segment in path.split(separator: "/") {
            at = segment.hasPrefix("{") ? parameter(of: at) : literal(Array(segment.utf8), of: at)
        }
        if let other = nodes[at].endpoints.first(where: { $0.method == method }) { return other.endpoint }
        nodes[at].endpoints.append((method, endpoint))
        return nil
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
    func match(_ bytes: [UInt8], _ path: Range<Int>) -> Match? {
        var segments: [Range<Int>] = []
        segments.reserveCapacity(8)
        var start = path.lowerBound
        for index in path where bytes[index] == UInt8(ascii: "/") {
            if index > start { segments.append(start..<index) }
            start = index + 1
        }
        if start < path.upperBound { segments.append(start..<path.upperBound) }
        guard segments.count <= 32 else { return nil }
        var values: [Range<Int>] = []
        guard let node = walk(0, segments[...], bytes, &values) else { return nil }
        return Match(endpoints: nodes[node].endpoints, values: values)
    }

    private func walk(
        _ at: Int, _ segments: ArraySlice<Range<Int>>, _ bytes: [UInt8], _ values: inout [Range<Int>]
    ) -> Int? {
        guard let segment = segments.first else { return nodes[at].endpoints.isEmpty ? nil : at }
        for (text, node) in nodes[at].literals where Self.isEqual(text, bytes, segment) {
            if let found = walk(node, segments.dropFirst(), bytes, &values) { return found }
        }
        guard let parameter = nodes[at].parameter else { return nil }
        values.append(segment)
        if let found = walk(parameter, segments.dropFirst(), bytes, &values) { return found }
        values.removeLast()
        return nil
    }

    private static func isEqual(_ text: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard text.count == range.count else { return false }
        for offset in text.indices where bytes[range.lowerBound + offset] != text[offset] { return false }
        return true
    }
}
