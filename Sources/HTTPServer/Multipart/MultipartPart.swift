/// The header of one part of a form (RFC 7578 §4).
public struct MultipartPart: Sendable, Hashable {
    /// The field it belongs to; never empty.
    public let name: String
    /// The name of a file, without the folders a client may have sent along; nil for a plain field, empty when a form was
    /// sent with no file chosen. At most 255 bytes, without control characters. `filename*` is ignored, as §4.2 asks.
    public let fileName: String?
    /// The media type in lower case without its parameters; nil when none is given. It is the client's word only.
    public let mediaType: String?
    /// The `charset` of the media type in lower case, when it has one.
    public let charset: String?
}

extension MultipartPart {
    /// Reads the header fields, each ended by CRLF.
    init(header: Span<UInt8>) throws(MultipartFault) {
        var disposition: FieldParameters?
        var type: FieldParameters?
        var at = 0
        while at < header.count {
            let start = at
            while at < header.count, header[at] != 13 { at += 1 }
            let line = header.extracting(start..<at)
            at += 2
            var colon = 0
            while colon < line.count, ByteClass.isToken(line[colon]) { colon += 1 }
            guard colon > 0, colon < line.count, line[colon] == UInt8(ascii: ":") else { throw .malformedHeader }
            var value = colon + 1
            while value < line.count, ByteClass.isBlank(line[value]) { value += 1 }
            let content = line.extracting(value..<line.count)
            guard ByteClass.isFieldValue(content) else { throw .malformedHeader }
            switch Self.lowercased(line.extracting(0..<colon)) {
            case "content-disposition":
                guard disposition == nil, let field = FieldParameters(content) else { throw .malformedHeader }
                disposition = field
            case "content-type":
                guard type == nil, let field = FieldParameters(content) else { throw .malformedHeader }
                type = field
            case "content-transfer-encoding":
                guard ["7bit", "8bit", "binary"].contains(FieldParameters(content)?.value) else {
                    throw .unknownEncoding
                }
            default: continue
            }
        }
        guard let disposition, disposition.value == "form-data", let name = disposition["name"], !name.isEmpty else {
            throw .missingName
        }
        guard let text = String(validating: name, as: UTF8.self) else { throw .malformedHeader }
        self.name = text
        fileName = disposition["filename"].map(Self.baseName)
        mediaType = type.map(\.value)
        charset = type?["charset"].map { String(decoding: $0.map(ByteClass.lowercased), as: UTF8.self) }
    }

    private static func lowercased(_ bytes: Span<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0.map(ByteClass.lowercased), as: UTF8.self) }
    }

    /// The last part of a path with either kind of slash; what is no UTF-8 is replaced, control characters are left out.
    private static func baseName(_ bytes: [UInt8]) -> String {
        let slash = bytes.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        let text = String(decoding: bytes[(slash.map { $0 + 1 } ?? 0)...], as: UTF8.self)
        var name = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        if name == "." || name == ".." { name = "" }
        return shortened(name)
    }

    /// The name within the 255 bytes that file systems allow, its extension kept when it is short.
    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > 255 else { return name }
        var suffix = ""
        if let dot = name.lastIndex(of: "."), name[dot...].utf8.count <= 16 { suffix = String(name[dot...]) }
        var stem = ""
        var room = 255 - suffix.utf8.count
        for scalar in name.unicodeScalars {
            let size = UTF8.width(scalar)
            guard size <= room else { break }
            stem.unicodeScalars.append(scalar)
            room -= size
        }
        return stem + suffix
    }
}
