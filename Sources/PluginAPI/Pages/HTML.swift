/// HTML whose interpolations are escaped, unless they are HTML already.
///
///     let page: HTML = "<h1>\(title)</h1>\(rows.map { "<li>\($0.name)</li>" as HTML })"
///
/// It serves element content and quoted attribute values; a value never becomes a tag, an attribute's name or a script.
public struct HTML: ExpressibleByStringInterpolation, Sendable, Equatable {
    /// The markup.
    public private(set) var text: String

    public init(stringLiteral text: String) { self.text = text }
    public init(stringInterpolation parts: Interpolation) { text = parts.text }

    /// Collects literal markup and escaped values.
    public struct Interpolation: StringInterpolationProtocol {
        var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        /// Markup, as it is.
        public mutating func appendInterpolation(_ html: HTML) { text += html.text }

        /// Markup, one behind the other.
        public mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }

        /// A value as text.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            for scalar in value.description.unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }

        /// An address for `href` or `src`: only http, https, mailto, tel and paths; all else becomes `#`.
        public mutating func appendInterpolation(link: String) {
            let lower = link.lowercased()
            let isSafe =
                ["http://", "https://", "mailto:", "tel:"].contains { lower.hasPrefix($0) }
                || link.hasPrefix("/") && !link.hasPrefix("//") || link.hasPrefix("#") || link.hasPrefix("?")
            appendInterpolation(isSafe ? link : "#")
        }
    }
}
