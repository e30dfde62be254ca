/// Where a schema reads a value from.
public enum Input: Sendable {
    /// A value in a JSON body or file.
    case json(JSONCursor)
    /// Text from a path, a query, a header or a form field.
    case text(String)
    /// Several texts under one name: `?types=a&types=b`.
    case texts([String])
    /// What a form sends under one name.
    case form(FormValue)
    /// Files sent in a form under one name, at least one.
    case files([Upload])
    /// Nothing was sent.
    case absent

    /// True when nothing, or JSON's null, was sent.
    public var isNothing: Bool {
        switch self {
        case .absent: true
        case .json(let cursor): cursor.kind == .null
        default: false
        }
    }
}

/// A walk through an input: remembers where it is and collects every mistake.
public struct Decoding: Sendable {
    /// What is wrong so far.
    public private(set) var mistakes: [Mistake] = []
    private var path: [Mistake.Step] = []

    public init() {}

    /// A walk that starts below a path, so that mistakes name it.
    public init(at path: [Mistake.Step]) { self.path = path }

    /// Notes a mistake at the present place.
    public mutating func mistake(_ code: Mistake.Code, _ message: String, _ input: Input) {
        var offset: Int?
        if case .json(let cursor) = input { offset = cursor.offset }
        mistakes.append(Mistake(path, code, message, offset: offset))
    }

    /// Walks into a member or element for the length of the closure.
    public mutating func inside<T>(_ step: Mistake.Step, _ body: (inout Decoding) -> T) -> T {
        path.append(step)
        defer { path.removeLast() }
        return body(&self)
    }
}
