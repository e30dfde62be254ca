/// A JSON text read once into a flat list of tokens, over which schemas walk without building a tree.
///
/// Reading refuses everything that is not RFC 8259 and, beyond it, repeated member names (also when they differ only in
/// what Unicode calls equivalent), lone surrogates, numbers beyond a Double,
/// text that is not UTF-8 and nesting deeper than ``JSONDocument/depthLimit``.
public final class JSONDocument: Sendable {
    /// Arrays and objects may nest this deep.
    public static let depthLimit = 64

    /// What a text may contain.
    public enum Dialect: Sendable {
        /// RFC 8259, for requests.
        case strict
        /// With `//` and `/* */` comments, trailing commas and a byte order mark, for files that people keep.
        case commented
    }

    /// The text.
    public let bytes: [UInt8]
    let tokens: [JSONToken]

    /// Reads a text of at most 1 GiB.
    ///
    /// - Throws: ``JSONSyntaxError`` with the place of the first mistake.
    public init(_ bytes: [UInt8], dialect: Dialect = .strict) throws(JSONSyntaxError) {
        var scanner = JSONScanner(bytes: bytes, dialect: dialect)
        tokens = try scanner.document()
        self.bytes = bytes
    }

    /// The whole value.
    public var root: JSONCursor { JSONCursor(document: self, index: 0) }

    /// Line and column, from 1, of a byte offset; columns count bytes.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        JSONSyntaxError.position(of: offset, in: bytes)
    }
}

/// Where and why a text is not JSON.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    /// What is wrong, for people.
    public let message: String
    /// Line and column from 1; columns count bytes.
    public let line: Int, column: Int

    init(_ message: String, at offset: Int, in bytes: [UInt8]) {
        self.message = message
        (line, column) = Self.position(of: offset, in: bytes)
    }

    static func position(of offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var start = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A {
            line += 1
            start = index + 1
        }
        return (line, offset - start + 1)
    }
}

/// One value or member name in the text.
struct JSONToken: Sendable {
    enum Kind: UInt8, Sendable { case null, yes, no, integer, fraction, text, escapedText, array, object }
    var kind: Kind
    /// Where the token's own bytes start; for texts behind the quote.
    var offset: UInt32
    /// How many bytes; for texts without the quotes, for arrays and objects the number of elements or members.
    var length: UInt32
    /// The token behind this value and all that is in it.
    var next: UInt32
}
