/// The name of a field, as lower-case ASCII (names are case-insensitive, RFC 9110 §5.1).
public struct HeaderName: Sendable {
    enum Storage: Sendable {
        case literal(StaticString)
        case bytes([UInt8])
    }

    let storage: Storage

    /// A name from text, lower-cased; `nil` when it is no token (RFC 9110 §5.6.2).
    public init?(_ text: String) {
        let bytes = text.utf8.map(ByteClass.lowercased)
        guard !bytes.isEmpty, bytes.allSatisfy(ByteClass.isToken) else { return nil }
        storage = .bytes(bytes)
    }

    /// The length in bytes.
    @inline(__always)
    var count: Int {
        switch storage {
        case .literal(let text): text.utf8CodeUnitCount
        case .bytes(let bytes): bytes.count
        }
    }

    /// Lends the bytes.
    @inline(__always)
    func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        switch storage {
        case .literal(let text): body(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        case .bytes(let bytes): bytes.withUnsafeBufferPointer(body)
        }
    }
}

extension HeaderName: ExpressibleByStringLiteral {
    /// A name written in the program, in lower case. Anything but a token is the programmer's mistake: tests stop at it.
    /// A release does not look, since names are written where every request comes by.
    public init(stringLiteral value: StaticString) {
        precondition(value.hasPointerRepresentation, "a header name of one character is written HeaderName(text)")
        assert(
            UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount).allSatisfy {
                ByteClass.isToken($0) && ByteClass.lowercased($0) == $0
            }, "a header name is a token in lower case")
        storage = .literal(value)
    }
}

extension HeaderName: Hashable, CustomStringConvertible {
    /// Whether both are the same name.
    public static func == (a: HeaderName, b: HeaderName) -> Bool {
        a.withBytes { left in b.withBytes { left.elementsEqual($0) } }
    }

    /// Feeds the name's bytes.
    public func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The name as text.
    public var description: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
