public import Time

/// Something of a route that is on its way out: a field of its input or answer, or the whole route (seed 002 §5).
///
/// Answers of the route say so in `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link`, the documents in words, and
/// `/docs/migration` lists it. It lives twelve months more (contract §10).
public struct Deprecation: Sendable, Equatable {
    /// The field; nil when it is the route.
    public let field: String?
    /// When it was announced.
    public let since: Day
    /// What to use in its place, as the end of a sentence: `phone`.
    public let instead: String

    public init(field: String? = nil, since: Day, instead: String) {
        self.field = field
        self.since = since
        self.instead = instead
    }

    /// The first day on which it may be gone.
    public var sunset: Day { since.adding(months: 12) }
}

extension Route {
    /// The same route, with a field that is on its way out.
    ///
    /// - Parameter since: the day on which that was announced.
    public func deprecating(_ field: String, since: Day, instead: String) -> Route {
        Route(
            declaration: declaration.deprecating(Deprecation(field: field, since: since, instead: instead)),
            prepare: prepare, fileLimit: fileLimit)
    }
}

extension Schema {
    /// The same schema, of a field that is on its way out; documents say so.
    public var deprecated: Schema {
        var document = self.document
        document.keywords["deprecated"] = true
        return Schema(document: document, sample: sample, absent: absent, read: read, write: write)
    }
}
