/// One wrong thing about an input, and where it is.
public struct Mistake: Sendable, Equatable {
    /// The codes of the wire contract, §1.
    public struct Code: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public init(stringLiteral value: String) { rawValue = value }

        public static let missing: Code = "MISSING_REQUIRED_FIELD"
        public static let type: Code = "INVALID_TYPE"
        public static let range: Code = "OUT_OF_RANGE"
        public static let tooLong: Code = "TOO_LONG"
        public static let notAllowed: Code = "NOT_ALLOWED"
        public static let unknownField: Code = "UNKNOWN_FIELD"
        /// Stands for `INVALID_<FIELD>`: the last name of the path in upper snake case, e.g. `INVALID_EMAIL`.
        public static let format: Code = "INVALID_"
    }

    /// The way from the input's root to the wrong value.
    public let path: [Step]
    /// What is wrong and what is allowed, for people: `must be a whole number, 4 to 8`.
    public let message: String
    /// What is wrong, for programs.
    public let code: String
    /// Where the value starts in the JSON text, in bytes; nil when it came from elsewhere or is missing.
    public let offset: Int?

    public init(_ path: [Step], _ code: Code, _ message: String, offset: Int? = nil) {
        self.path = path
        self.message = message
        self.code = code == .format ? "INVALID_" + Self.upperSnake(path) : code.rawValue
        self.offset = offset
    }

    /// A mistake about one field by its plain name.
    public init(field: String, _ code: Code, _ message: String) {
        self.init([.name(field)], code, message)
    }

    /// One step of a path.
    public enum Step: Sendable, Equatable {
        /// Into a member of an object.
        case name(String)
        /// Into an element of an array, from 0.
        case index(Int)
    }

    /// The path as clients read it: `callDetails.notes`, `rows[3].email`; empty for the input itself.
    public var field: String {
        var text = ""
        for step in path {
            switch step {
            case .name(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// The path as an RFC 6901 pointer: `/plugins/appointments/codeLength`.
    public var pointer: String {
        path.map { step in
            switch step {
            case .name(let name): "/" + name.pointerEscaped
            case .index(let index): "/\(index)"
            }
        }.joined()
    }

    private static func upperSnake(_ path: [Step]) -> String {
        var out = ""
        let name = path.reversed().lazy.compactMap { step -> String? in
            if case .name(let name) = step { name } else { nil }
        }.first
        var before: Character = "_"
        for character in name ?? "VALUE" {
            if character.isUppercase, before.isLowercase { out += "_" }
            out += character.isLetter || character.isNumber ? character.uppercased() : "_"
            before = character
        }
        return out
    }
}

/// Every mistake found in an input; never only the first.
public struct Invalid: Error, Sendable, Equatable {
    public var mistakes: [Mistake]
    public init(_ mistakes: [Mistake]) { self.mistakes = mistakes }
}

extension String {
    /// RFC 6901 §3: `~` and `/` inside a name.
    fileprivate var pointerEscaped: String {
        reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
    }
}
