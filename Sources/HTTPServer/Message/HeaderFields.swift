/// The fields of a response, kept as the bytes that go on the wire (`name: value CRLF …`). Append-only.
///
/// A field is **dropped whole** when its value holds a control character other than a tab (CR, LF and NUL among them),
/// or when the name belongs to the server: `connection`, `content-length`, `date`, `keep-alive`, `transfer-encoding`.
/// `add` then returns `false`. So no value, wherever it comes from, can add a field or end the head (RFC 9110 §5.5).
public struct HeaderFields: Sendable, Hashable {
    /// The encoded fields, each ended by CRLF.
    public private(set) var bytes: [UInt8] = []

    /// No fields.
    public init() {}

    /// Makes room for `bytes` more bytes.
    public mutating func reserve(_ bytes: Int) { self.bytes.reserveCapacity(self.bytes.count + bytes) }

    /// Adds a field whose value is text. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, _ value: String) -> Bool {
        var value = value
        return value.withUTF8 { append(name, $0) }
    }

    /// Adds a field whose value is a number. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, _ value: Int) -> Bool { add(name, String(value)) }

    /// Adds a field whose value is given as bytes. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, bytes value: some Sequence<UInt8>) -> Bool {
        value.withContiguousStorageIfAvailable { append(name, $0) }
            ?? Array(value).withUnsafeBufferPointer { append(name, $0) }
    }

    /// Adds a field whose value is given as a span. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, span value: Span<UInt8>) -> Bool {
        value.withUnsafeBufferPointer { append(name, $0) }
    }

    /// Each answer comes by here several times, so the line is written at once.
    private mutating func append(_ name: HeaderName, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !Self.isReserved(name), ByteClass.isFieldValue(Span(_unsafeElements: value)) else { return false }
        // Once for what most answers have, instead of growing step by step.
        if bytes.isEmpty, bytes.capacity == 0 { bytes.reserveCapacity(480) }
        name.withBytes { name in
            let size = name.count + value.count + 4
            bytes.append(addingCapacity: size) { out in
                out.withUnsafeMutableBufferPointer { buffer, count in
                    // There is room for `size` bytes, which the lengths below add up to.
                    var target = UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped) + count
                    if let start = name.baseAddress { target.copyMemory(from: start, byteCount: name.count) }
                    target += name.count
                    target.storeBytes(
                        of: (UInt16(UInt8(ascii: " ")) << 8 | UInt16(UInt8(ascii: ":"))).littleEndian, as: UInt16.self)
                    target += 2
                    if let start = value.baseAddress { target.copyMemory(from: start, byteCount: value.count) }
                    target += value.count
                    target.storeBytes(of: (0x0a << 8 | 0x0d as UInt16).littleEndian, as: UInt16.self)
                    count += size
                }
            }
        }
        return true
    }

    /// Adds fields that were encoded by another value of this type, e.g. before they were stored.
    public mutating func add(encoded other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Adds every field of `other`.
    public mutating func add(_ other: HeaderFields) { bytes.append(contentsOf: other.bytes) }

    private static func isReserved(_ name: HeaderName) -> Bool {
        switch name.count {
        case 4: name == .date
        case 10: name == .connection || name == "keep-alive"
        case 14: name == .contentLength
        case 17: name == .transferEncoding
        default: false
        }
    }
}

extension HeaderFields {
    /// The fields but those of that name.
    public func without(_ name: HeaderName) -> HeaderFields {
        var kept = HeaderFields()
        for line in bytes.split(separator: UInt8(ascii: "\n")) where !Self.isField(line, name) {
            kept.bytes += line
            kept.bytes.append(UInt8(ascii: "\n"))
        }
        return kept
    }

    private static func isField(_ line: ArraySlice<UInt8>, _ name: HeaderName) -> Bool {
        line.count >= name.count + 3 && line[line.startIndex + name.count] == UInt8(ascii: ":")
            && name.withBytes { line.prefix(name.count).elementsEqual($0) }
    }

    /// The values of a field, in order, as text. For tests and rare look-ups: it walks all fields.
    public func values(_ name: HeaderName) -> [String] {
        var found: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard Self.isField(line, name) else { continue }
            found.append(String(decoding: line.dropFirst(name.count + 2).dropLast(), as: UTF8.self))
        }
        return found
    }
}
