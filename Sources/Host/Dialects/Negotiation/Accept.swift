/// What a client accepts (RFC 9110 §12.5.1).
struct Accept: Sendable, Equatable {
    private let ranges: [MediaRange]

    /// - Parameter value: the header's value, several joined by commas; nil, empty or nonsense accepts everything.
    init(_ value: String?) {
        // What nearly all clients send is known without reading it.
        guard let value, value != "*/*" else {
            ranges = []
            return
        }
        ranges = value.split(separator: ",").prefix(Self.rangeLimit).compactMap { MediaRange($0) }
    }

    /// Ranges beyond these are not read.
    private static let rangeLimit = 32

    /// How much a media type is wanted, 0 (not at all) to 1000; the most specific range decides.
    func quality(of type: String) -> Int {
        guard !ranges.isEmpty else { return 1000 }
        var best: (specificity: Int, quality: Int)?
        for range in ranges {
            guard let specificity = range.specificity(for: type) else { continue }
            if let best, best.specificity >= specificity { continue }
            best = (specificity, range.quality)
        }
        return best?.quality ?? 0
    }

    /// Whether errors go out as problem details: their type is named, not only covered by a wildcard, and no less wanted
    /// than plain JSON. A client that names both asks for JSON and knows problem details for when something is wrong.
    var prefersProblem: Bool {
        let wanted = quality(of: MediaType.problem)
        return wanted > 0 && wanted >= quality(of: MediaType.json)
            && ranges.contains { $0.type == MediaType.problem }
    }

    /// Whether a page goes out where a page and JSON share a path: wanted more than JSON, as browsers say.
    var prefersHTML: Bool { quality(of: MediaType.html) > quality(of: MediaType.json) }

    /// Whether HTML suits the client as well as JSON does.
    var takesHTML: Bool { quality(of: MediaType.html) >= max(1, quality(of: MediaType.json)) }

    /// False when a JSON answer must be 406. Who takes problem details takes JSON.
    var admitsJSON: Bool { quality(of: MediaType.json) > 0 || quality(of: MediaType.problem) > 0 }

    /// The one of these media types that is wanted most, the first of equals; nil means 406.
    func best(of types: [String]) -> String? {
        var best: (type: String, quality: Int)?
        for type in types {
            let quality = quality(of: type)
            if quality > best?.quality ?? 0 { best = (type, quality) }
        }
        return best?.type
    }
}

/// One entry of an `Accept` header.
private struct MediaRange: Sendable, Equatable {
    /// Lower case, without parameters: `text/*`.
    let type: String
    /// Whether it has parameters that narrow it.
    let isNarrowed: Bool
    let quality: Int

    /// Nil for what is not a media range; it then counts as not sent.
    init?(_ text: Substring) {
        var parts = text.split(separator: ";", omittingEmptySubsequences: false).map { String($0).withoutEdges }
        let type = parts.removeFirst().lowercased()
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }),
            halves[0] != "*" || halves[1] == "*"
        else { return nil }
        var quality = 1000
        var isNarrowed = false
        for part in parts {
            if part.lowercased().hasPrefix("q=") {
                guard let value = Quality.read(part.dropFirst(2)) else { return nil }
                quality = value
                // What stands behind the weight belongs to no media type (RFC 9110, appendix B).
                break
            }
            isNarrowed = isNarrowed || !part.isEmpty && !part.lowercased().hasPrefix("charset=")
        }
        self.type = type
        self.quality = quality
        self.isNarrowed = isNarrowed
    }

    /// 3 for the type itself, 2 for a form of it with parameters (taken for the type rather than refused), 1 and 0 for
    /// wildcards, nil for others.
    func specificity(for other: String) -> Int? {
        let other = other.prefix { $0 != ";" }.lowercased().withoutEdges
        if type == other { return isNarrowed ? 2 : 3 }
        if type == "*/*" { return 0 }
        return type.hasSuffix("/*") && other.hasPrefix(type.dropLast()) ? 1 : nil
    }
}
