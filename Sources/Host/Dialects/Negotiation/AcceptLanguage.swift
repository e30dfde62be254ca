import PluginAPI

/// What languages a client wants (RFC 9110 §12.5.4).
enum AcceptLanguage {
    /// Ranges beyond these are not read.
    private static let rangeLimit = 32

    /// The language to answer in: RFC 4647 §3.4 lookup, and, so that `de` or `de-CH` finds a tenant that has only `de-AT`,
    /// for each range before the next a language with the same primary tag.
    ///
    /// - Parameters:
    ///   - value: the header's value; nil when it was not sent.
    ///   - available: what the tenant speaks.
    ///   - fallback: the tenant's own language.
    static func best(_ value: String?, of available: [Language], fallback: Language) -> Language {
        guard let value else { return fallback }
        let ranges = Self.ranges(value)
        let refused = Set(ranges.filter { $0.quality == 0 }.map(\.tag))
        let offered = available.filter { !refused.contains($0.tag.lowercased()) }
        let wanted = ranges.filter { $0.quality > 0 && $0.tag != "*" }.map(\.tag)
        for tag in wanted {
            let base = tag.prefix { $0 != "-" }
            if let found = lookUp(tag, in: offered) ?? offered.first(where: { $0.base == base }) { return found }
        }
        return fallback
    }

    /// Cuts the range from its end until a language has exactly that tag.
    private static func lookUp(_ tag: String, in available: [Language]) -> Language? {
        var parts = tag.split(separator: "-")
        while !parts.isEmpty {
            let range = parts.joined(separator: "-")
            if let found = available.first(where: { $0.tag.lowercased() == range }) { return found }
            parts.removeLast()
            // A single letter only introduces what has just been cut off.
            if parts.last?.count == 1 { parts.removeLast() }
        }
        return nil
    }

    /// The ranges in lower case, the most wanted first, equals as sent.
    private static func ranges(_ value: String) -> [(tag: String, quality: Int)] {
        let ranges = value.split(separator: ",").prefix(rangeLimit).compactMap { text -> (tag: String, quality: Int)? in
            let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { String($0).withoutEdges }
            guard let tag = parts.first?.lowercased(), tag == "*" || Language(tag) != nil, parts.count <= 2 else {
                return nil
            }
            guard parts.count == 2 else { return (tag, 1000) }
            guard parts[1].lowercased().hasPrefix("q=") else { return nil }
            return Quality.read(parts[1].dropFirst(2)).map { (tag, $0) }
        }
        return ranges.enumerated().sorted { ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset) }
            .map(\.element)
    }
}
