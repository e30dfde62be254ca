extension ClientURL {
    /// The address that a reference found at this one leads to (RFC 3986 §5.2); `nil` when it is none that can be asked.
    func following(_ reference: String) -> ClientURL? {
        let text = String(reference.prefix { $0 != "#" })
        let scheme = text.prefix { $0 != ":" && $0 != "/" && $0 != "?" }
        if scheme.endIndex < text.endIndex, text[scheme.endIndex] == ":" { return ClientURL(text) }
        if text.hasPrefix("//") { return ClientURL((isSecure ? "https:" : "http:") + text) }
        let path = String(target.prefix { $0 != "?" })
        if text.isEmpty { return self }
        if text.hasPrefix("?") { return ClientURL(origin + path + text) }
        let given = text.prefix { $0 != "?" }
        let query = text[given.endIndex...]
        let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)
        let joined = given.hasPrefix("/") ? String(given) : String(folder + given)
        return ClientURL(origin + Self.withoutDots(joined) + query)
    }

    /// The path without `.` and `..` segments.
    private static func withoutDots(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for segment in segments {
            if segment == ".." { _ = kept.popLast() } else if segment != "." { kept.append(segment) }
        }
        if let last = segments.last, last == "." || last == ".." { kept.append("") }
        return "/" + kept.joined(separator: "/")
    }
}
