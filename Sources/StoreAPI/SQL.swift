/// SQL whose interpolations become bound arguments, never text.
///
///     let rows = try tx.all("SELECT * FROM appointments_branch WHERE id = \(id)", as: Branch.self)
///
/// A `String` is not `SQL`: only a literal can be. Fragments join with `+` or by interpolating one in another.
public struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
    /// The statement, with a `?` for each argument.
    public private(set) var text: String
    /// The arguments, in the order of their `?`.
    public private(set) var arguments: [SQLValue]

    public init(stringLiteral text: String) {
        self.text = text
        arguments = []
    }

    public init(stringInterpolation parts: Interpolation) {
        text = parts.text
        arguments = parts.arguments
    }

    init(text: String, arguments: [SQLValue]) {
        self.text = text
        self.arguments = arguments
    }

    /// Two fragments, one behind the other, with a space between.
    public static func + (left: SQL, right: SQL) -> SQL {
        var text = ""
        text.reserveCapacity(left.text.utf8.count + 1 + right.text.utf8.count)
        text += left.text
        text += " "
        text += right.text
        let arguments =
            left.arguments.isEmpty
            ? right.arguments : right.arguments.isEmpty ? left.arguments : left.arguments + right.arguments
        return SQL(text: text, arguments: arguments)
    }

    /// Fragments joined by a separator, e.g. `SQL.joined(conditions, by: " AND ")`.
    public static func joined(_ fragments: [SQL], by separator: StaticString) -> SQL {
        SQL(
            text: fragments.map(\.text).joined(separator: "\(separator)"),
            arguments: fragments.flatMap(\.arguments))
    }

    /// `(?, ?, …)` for use after `IN`; an empty list matches nothing.
    public static func list(_ values: [some SQLConvertible]) -> SQL {
        guard !values.isEmpty else { return "(NULL)" }
        var text = "(?"
        for _ in values.dropFirst() { text += ", ?" }
        text += ")"
        return SQL(text: text, arguments: values.map { $0.sqlValue })
    }

    /// Collects the parts of a literal with interpolations.
    public struct Interpolation: StringInterpolationProtocol {
        var text = ""
        var arguments: [SQLValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
            arguments.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// A value, bound as an argument.
        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            text += "?"
            arguments.append(value.sqlValue)
        }

        /// A value that may be absent, bound as an argument or as null.
        public mutating func appendInterpolation(_ value: (some SQLConvertible)?) {
            text += "?"
            arguments.append(value?.sqlValue ?? .null)
        }

        /// A fragment, with the arguments it carries.
        public mutating func appendInterpolation(_ fragment: SQL) {
            text += fragment.text
            arguments += fragment.arguments
        }
    }
}

extension SQL {
    /// A column's name, from a literal in the code.
    public init(column: StaticString) { self.init(text: "\(column)", arguments: []) }
}
