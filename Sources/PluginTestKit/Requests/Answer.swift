public import PluginAPI

/// An answer to a request.
public struct Answer: Sendable {
    /// The HTTP status; 0 when none came, which ``text`` explains.
    public let status: Int
    /// The fields.
    public let headers: Headers
    /// The body's bytes.
    public let bytes: [UInt8]
    /// The body as JSON; null when it is not JSON.
    public let body: JSON

    init(status: Int, headers: Headers, bytes: [UInt8]) {
        self.status = status
        self.headers = headers
        self.bytes = bytes
        body = (try? JSONDocument(bytes).root.tree) ?? .null
    }

    init(failure: String) { self.init(status: 0, headers: Headers(fields: []), bytes: Array(failure.utf8)) }

    /// The body as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The code of an error in any dialect, e.g. `TIME_SLOT_CONFLICT`, in upper case; nil for a success.
    public var code: String? {
        guard status >= 400 else { return nil }
        return (body["error"]?["code"] ?? body["code"])?.string?.uppercased()
    }
}

/// The fields of an answer, by names in any case.
public struct Headers: Sendable {
    /// Names in lower case, in order.
    public let fields: [(name: String, value: String)]

    /// The first value of a field.
    public subscript(name: String) -> String? {
        let name = name.lowercased()
        return fields.first { $0.name == name }?.value
    }
}

extension JSON {
    /// An element of an array; nil for every other kind and outside of it.
    public subscript(index: Int) -> JSON? { elements.indices.contains(index) ? elements[index] : nil }

    /// The elements of an array; none for every other kind.
    public var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// A whole number; nil for every other kind.
    public var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// A truth value; nil for every other kind.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }
}
