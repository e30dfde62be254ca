/// One value inside a ``JSONDocument``. Cheap to copy; valid as long as it is held.
public struct JSONCursor: Sendable {
    let document: JSONDocument
    let index: Int

    private var token: JSONToken { document.tokens[index] }

    /// What kind of value it is.
    public enum Kind: Sendable { case null, bool, integer, number, string, array, object }

    /// What kind of value stands here.
    public var kind: Kind {
        switch token.kind {
        case .null: .null
        case .yes, .no: .bool
        case .integer: .integer
        case .fraction: .number
        case .text, .escapedText: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Where the value starts in the text, in bytes from 0.
    public var offset: Int { Int(token.offset) }

    /// The text of a string; nil for other kinds.
    public var string: String? {
        guard kind == .string else { return nil }
        return JSONText.string(of: token, in: document.bytes)
    }

    /// The truth of a boolean; nil for other kinds.
    public var bool: Bool? {
        switch token.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// The characters of a number as written; nil for other kinds.
    var digits: Substring? {
        guard kind == .integer || kind == .number else { return nil }
        return Substring(decoding: document.bytes[offset..<offset + Int(token.length)], as: UTF8.self)
    }

    /// A whole number, also when written `1.0` or `1e3`; nil for other kinds, out of range, and for fractions so large that
    /// they cannot be known to be whole (RFC 8259 §6: beyond 2^53 a Double skips numbers).
    public var integer: Int64? {
        guard let digits else { return nil }
        if let whole = Int64(digits) { return whole }
        guard let number = Double(digits), number.magnitude < 9_007_199_254_740_992 else { return nil }
        return Int64(exactly: number)
    }

    /// A number; nil for other kinds and when it is beyond a Double.
    public var double: Double? {
        guard let digits, let value = Double(digits), value.isFinite else { return nil }
        return value
    }

    /// Calls the closure with each element of an array.
    public func forEachElement(_ body: (Int, JSONCursor) -> Void) {
        guard token.kind == .array else { return }
        var position = index + 1
        for number in 0..<Int(token.length) {
            body(number, JSONCursor(document: document, index: position))
            position = Int(document.tokens[position].next)
        }
    }

    /// Calls the closure with each member of an object, in the order of the text.
    public func forEachMember(_ body: (String, JSONCursor) -> Void) {
        guard token.kind == .object else { return }
        var position = index + 1
        for _ in 0..<Int(token.length) {
            let name = JSONText.string(of: document.tokens[position], in: document.bytes)
            body(name, JSONCursor(document: document, index: position + 1))
            position = Int(document.tokens[position + 1].next)
        }
    }

    /// A member of an object; nil when it is absent or the value is no object.
    public func member(_ name: String) -> JSONCursor? {
        guard token.kind == .object else { return nil }
        var position = index + 1
        for _ in 0..<Int(token.length) {
            if isName(at: position, name) { return JSONCursor(document: document, index: position + 1) }
            position = Int(document.tokens[position + 1].next)
        }
        return nil
    }

    private func isName(at position: Int, _ name: String) -> Bool {
        let token = document.tokens[position]
        // By code units (RFC 8259 §8.3): a Kelvin sign is no K, though Unicode calls them equivalent.
        guard token.kind == .text else {
            return JSONText.string(of: token, in: document.bytes).utf8.elementsEqual(name.utf8)
        }
        let utf8 = name.utf8.span
        guard utf8.count == Int(token.length) else { return false }
        for offset in utf8.indices where document.bytes[Int(token.offset) + offset] != utf8[offset] { return false }
        return true
    }

    /// The value as a tree. A number that is whole is an integer however it was written, as it will be when it is written.
    public var tree: JSON {
        switch token.kind {
        case .null: return .null
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .text, .escapedText: return .string(string ?? "")
        case .integer, .fraction: return integer.map { .integer($0) } ?? .number(double ?? 0)
        case .array:
            var elements: [JSON] = []
            forEachElement { elements.append($1.tree) }
            return .array(elements)
        case .object:
            var members = JSON.Members()
            forEachMember { members.append(new: $0, $1.tree) }
            return .object(members)
        }
    }
}
