/// A field's value with its parameters: `form-data; name="a"; filename="b"` (RFC 2045 §5.1, RFC 2183 §2).
public struct FieldParameters: Sendable, Equatable {
    /// What stands before the first `;`, in lower case.
    public let value: String
    private var parameters: [Parameter] = []

    private struct Parameter: Sendable, Equatable {
        let name: String
        let value: [UInt8]
    }

    /// Nil when it is malformed or a parameter occurs twice.
    public init?(_ bytes: Span<UInt8>) {
        var at = 0
        while at < bytes.count, bytes[at] != UInt8(ascii: ";") { at += 1 }
        value = String(decoding: Self.trimmed(bytes.extracting(0..<at)).map(ByteClass.lowercased), as: UTF8.self)
        while at < bytes.count {
            // At a semicolon; nothing may stand between two of them.
            at += 1
            while at < bytes.count, ByteClass.isBlank(bytes[at]) { at += 1 }
            guard at < bytes.count, bytes[at] != UInt8(ascii: ";") else { continue }
            guard let name = Self.token(bytes, &at), at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
                return nil
            }
            at += 1
            guard let value = Self.parameterValue(bytes, &at), self[name] == nil else { return nil }
            parameters.append(Parameter(name: name, value: value))
            while at < bytes.count, ByteClass.isBlank(bytes[at]) { at += 1 }
            guard at == bytes.count || bytes[at] == UInt8(ascii: ";") else { return nil }
        }
    }

    /// The value of a parameter, by its name in lower case.
    public subscript(name: String) -> [UInt8]? { parameters.first { $0.name == name }?.value }

    private static func token(_ bytes: Span<UInt8>, _ at: inout Int) -> String? {
        var name: [UInt8] = []
        while at < bytes.count, ByteClass.isToken(bytes[at]) {
            name.append(ByteClass.lowercased(bytes[at]))
            at += 1
        }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    /// A token, in which bytes beyond ASCII are let through, or a quoted string.
    private static func parameterValue(_ bytes: Span<UInt8>, _ at: inout Int) -> [UInt8]? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
            var value: [UInt8] = []
            while at < bytes.count, ByteClass.isToken(bytes[at]) || bytes[at] >= 0x80 {
                value.append(bytes[at])
                at += 1
            }
            return value
        }
        at += 1
        var value: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == UInt8(ascii: "\"") { return value }
            // Browsers send a lone backslash as it is, so only a quote and a backslash are taken for escaped.
            if byte == UInt8(ascii: "\\"), at < bytes.count,
                bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "\\")
            {
                value.append(bytes[at])
                at += 1
            } else {
                value.append(byte)
            }
        }
        return nil
    }

    private static func trimmed(_ bytes: Span<UInt8>) -> [UInt8] {
        var (start, end) = (0, bytes.count)
        while start < end, ByteClass.isBlank(bytes[start]) { start += 1 }
        while end > start, ByteClass.isBlank(bytes[end - 1]) { end -= 1 }
        return bytes.extracting(start..<end).withUnsafeBufferPointer { Array($0) }
    }
}
