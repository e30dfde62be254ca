public import Time

/// Writes JSON straight into a byte buffer, placing the commas.
///
/// Calls must follow the grammar: inside an object a ``key(_:)`` before each value.
public struct JSONWriter: Sendable {
    /// What has been written so far; UTF-8.
    public var bytes: [UInt8] = []
    private var needsComma = false

    public init() {}

    /// A writer that appends to a buffer, so that its memory can be used again.
    public init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

    /// A writer that goes on where an object or a list has a value already.
    public init(continuing bytes: consuming [UInt8]) {
        self.bytes = bytes
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    public mutating func beginObject() {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    public mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    public mutating func beginArray() {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    public mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// The name of the member whose value is written next.
    public mutating func key(_ name: String) {
        separate()
        appendQuoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A name prepared by ``encodedKey(_:)``; spares the escaping on hot paths.
    public mutating func key(encoded name: EncodedKey) {
        let text = name.text.utf8.span
        bytes.append(copying: needsComma ? text : text.extracting(droppingFirst: 1))
        needsComma = false
    }

    /// `,"name":` with everything escaped. Text and not an array, because short text needs no reference count.
    public struct EncodedKey: Sendable {
        let text: String
    }

    /// A name with everything escaped.
    public static func encodedKey(_ name: String) -> EncodedKey {
        var writer = JSONWriter()
        writer.needsComma = true
        writer.key(name)
        return EncodedKey(text: String(decoding: writer.bytes, as: UTF8.self))
    }

    public mutating func null() { raw("null") }
    public mutating func value(_ value: Bool) { raw(value ? "true" : "false") }

    public mutating func value(_ value: String) {
        separate()
        appendQuoted(value)
    }

    /// The usual kind of number, for which no generic code runs.
    public mutating func value(_ value: Int) {
        separate()
        Decimal.append(Int64(value), to: &bytes)
    }

    public mutating func value(_ value: some FixedWidthInteger & SignedInteger) {
        separate()
        Decimal.append(Int64(value), to: &bytes)
    }

    /// The shortest text that reads back as the same number; a whole number has no fraction; not-a-number and infinities become null.
    public mutating func value(_ value: Double) {
        guard value.isFinite else { return null() }
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 {
            self.value(Int64(value))
        } else {
            separate()
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    /// RFC 3339 in UTC.
    public mutating func value(_ instant: Instant) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        instant.write(into: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A value that is JSON already.
    public mutating func value(encoded json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// A whole tree.
    public mutating func value(_ json: JSON) {
        switch json {
        case .null: null()
        case .bool(let flag): value(flag)
        case .integer(let number): value(number)
        case .number(let number): value(number)
        case .string(let text): value(text)
        case .array(let elements):
            beginArray()
            for element in elements { value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for (name, member) in members.list {
                key(name)
                value(member)
            }
            endObject()
        }
    }

    private mutating func raw(_ text: String) {
        separate()
        let utf8 = text.utf8.span
        bytes.append(copying: utf8)
    }

    private mutating func appendQuoted(_ text: String) {
        let utf8 = text.utf8.span
        guard !Escaping.isNeeded(utf8) else {
            bytes.append(UInt8(ascii: "\""))
            Escaping.append(text, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
            return
        }
        bytes.append(quoting: utf8)
    }
}
