/// Reads a JSON text into tokens, once, without recursion.
struct JSONScanner {
    private let bytes: [UInt8]
    private let dialect: JSONDocument.Dialect
    private var at = 0
    private var tokens: [JSONToken] = []
    /// The arrays and objects that are open, as indices of their tokens.
    private var open: [Int] = []

    init(bytes: [UInt8], dialect: JSONDocument.Dialect) {
        self.bytes = bytes
        self.dialect = dialect
        tokens.reserveCapacity(min(bytes.count / 8 + 4, 4096))
    }

    mutating func document() throws(JSONSyntaxError) -> [JSONToken] {
        guard bytes.count <= 1 << 30 else { throw error("is longer than 1 GiB") }
        do { _ = try UTF8Span(validating: bytes.span) } catch { throw self.error("is not UTF-8") }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            // RFC 8259 §8.1 forbids it on the wire; editors put it in front of files.
            guard dialect == .commented else { throw error("begins with a byte order mark") }
            at = 3
        }
        try skipSpace()
        try value()
        while let container = open.last {
            try element(of: container)
        }
        try skipSpace()
        guard at == bytes.count else { throw error("has more behind the value") }
        return tokens
    }

    /// One step inside an open array or object: its next element, or its end.
    private mutating func element(of container: Int) throws(JSONSyntaxError) {
        let isObject = tokens[container].kind == .object
        let close = UInt8(ascii: isObject ? "}" : "]")
        try skipSpace()
        var afterComma = false
        if tokens[container].length > 0, peek != close {
            guard peek == UInt8(ascii: ",") else { throw error(isObject ? "expected , or }" : "expected , or ]") }
            at += 1
            try skipSpace()
            afterComma = true
        }
        if peek == close {
            guard !afterComma || dialect == .commented else { throw error("has a comma too many") }
            at += 1
            open.removeLast()
            tokens[container].next = UInt32(tokens.count)
            if isObject { try refuseRepeatedNames(in: container) }
            return
        }
        if isObject {
            guard peek == UInt8(ascii: "\"") else { throw error("expected a member name in quotes") }
            try text()
            try skipSpace()
            guard peek == UInt8(ascii: ":") else { throw error("expected : behind the member name") }
            at += 1
            try skipSpace()
        }
        tokens[container].length += 1
        try value()
    }

    private mutating func value() throws(JSONSyntaxError) {
        switch peek {
        case UInt8(ascii: "{"): try begin(.object)
        case UInt8(ascii: "["): try begin(.array)
        case UInt8(ascii: "\""): try text()
        case UInt8(ascii: "t"): try word("true", .yes)
        case UInt8(ascii: "f"): try word("false", .no)
        case UInt8(ascii: "n"): try word("null", .null)
        case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): try number()
        case nil: throw error("ends before the value")
        default: throw error("expected a value")
        }
    }

    private mutating func begin(_ kind: JSONToken.Kind) throws(JSONSyntaxError) {
        guard open.count < JSONDocument.depthLimit else {
            throw error("nests deeper than \(JSONDocument.depthLimit) levels")
        }
        open.append(tokens.count)
        append(kind, offset: at, length: 0)
        at += 1
    }

    private mutating func word(_ word: StaticString, _ kind: JSONToken.Kind) throws(JSONSyntaxError) {
        let start = at
        for scalar in "\(word)".utf8 {
            guard peek == scalar else { throw error("expected a value") }
            at += 1
        }
        append(kind, offset: start, length: at - start)
    }

    private mutating func number() throws(JSONSyntaxError) {
        let start = at
        var kind = JSONToken.Kind.integer
        if peek == UInt8(ascii: "-") { at += 1 }
        if peek == UInt8(ascii: "0") {
            at += 1
        } else {
            try digits()
        }
        if peek == UInt8(ascii: ".") {
            kind = .fraction
            at += 1
            try digits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            kind = .fraction
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        // Only these can be beyond a Double; everything else need not be converted to know.
        if kind == .fraction || at - start > 300 {
            let text = String(decoding: bytes[start..<at], as: UTF8.self)
            guard Double(text)?.isFinite == true else { throw error("has a number too large") }
        }
        append(kind, offset: start, length: at - start)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = at
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { at += 1 }
        guard at > start else { throw error("expected a digit") }
    }

    private mutating func text() throws(JSONSyntaxError) {
        at += 1
        let start = at
        var kind = JSONToken.Kind.text
        while true {
            guard let byte = peek else { throw error("ends inside a text") }
            switch byte {
            case UInt8(ascii: "\""):
                append(kind, offset: start, length: at - start)
                at += 1
                return
            case UInt8(ascii: "\\"):
                kind = .escapedText
                guard let length = JSONText.escapeLength(in: bytes, at: at) else { throw error("has a wrong escape") }
                at += length
            case 0..<0x20: throw error("has a control character inside a text")
            default: at += 1
            }
        }
    }

    private mutating func skipSpace() throws(JSONSyntaxError) {
        while let byte = peek {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            case UInt8(ascii: "/") where dialect == .commented: try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONSyntaxError) {
        let start = at
        at += 1
        switch peek {
        case UInt8(ascii: "/"):
            while let byte = peek, byte != 0x0A { at += 1 }
        case UInt8(ascii: "*"):
            at += 1
            while at + 1 < bytes.count {
                if bytes[at] == UInt8(ascii: "*"), bytes[at + 1] == UInt8(ascii: "/") {
                    at += 2
                    return
                }
                at += 1
            }
            at = start
            throw error("has a comment without an end")
        default:
            at = start
            throw error("expected a value")
        }
    }

    private func refuseRepeatedNames(in container: Int) throws(JSONSyntaxError) {
        guard tokens[container].length > 1 else { return }
        var seen: Set<String> = []
        var index = container + 1
        while index < tokens[container].next {
            let name = JSONText.string(of: tokens[index], in: bytes)
            guard seen.insert(name).inserted else {
                throw JSONSyntaxError(
                    "repeats the member \"\(name.prefix(80))\"", at: Int(tokens[index].offset), in: bytes)
            }
            index = Int(tokens[index + 1].next)
        }
    }

    private mutating func append(_ kind: JSONToken.Kind, offset: Int, length: Int) {
        tokens.append(
            JSONToken(
                kind: kind, offset: UInt32(offset), length: UInt32(length), next: UInt32(tokens.count + 1)))
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }
    private func error(_ message: String) -> JSONSyntaxError { JSONSyntaxError(message, at: at, in: bytes) }
}
