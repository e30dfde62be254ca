/// One part of a `multipart/form-data` body.
public struct FormPart: Sendable {
    /// The field.
    public var name: String
    /// Nil for a plain field.
    public var fileName: String?
    /// Left out when nil.
    public var mediaType: String?
    /// The bytes.
    public var content: [UInt8]

    /// A plain field.
    public static func field(_ name: String, _ text: String) -> FormPart {
        FormPart(name: name, fileName: nil, mediaType: nil, content: Array(text.utf8))
    }

    /// A file.
    public static func file(
        _ name: String, _ fileName: String, _ content: [UInt8], type mediaType: String = "application/octet-stream"
    ) -> FormPart {
        FormPart(name: name, fileName: fileName, mediaType: mediaType, content: content)
    }
}

/// A form as the bytes a client sends (RFC 7578).
enum FormText {
    static let boundary = "portico-test-kit-boundary"
    static let contentType = "multipart/form-data; boundary=\(boundary)"

    static func bytes(_ parts: [FormPart]) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(quoted(part.name))\""
            if let fileName = part.fileName { head += "; filename=\"\(quoted(fileName))\"" }
            if let mediaType = part.mediaType { head += "\r\nContent-Type: \(mediaType)" }
            bytes += Array("\(head)\r\n\r\n".utf8) + part.content + [13, 10]
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    /// As browsers write a name between quotes.
    private static func quoted(_ text: String) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "\"": out += "%22"
            case "\r", "\n", "\r\n": out += "%0A"
            default: out.append(character)
            }
        }
    }
}
