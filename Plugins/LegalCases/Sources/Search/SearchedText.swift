internal import PluginAPI

/// The words of a text-like file, for the index. What is not text by its type has none: nothing is guessed from bytes.
enum SearchedText {
    /// Bytes of a file that are read for its words; what stands behind is not found by search.
    static let limit = 256 * 1024

    /// Whether a file of a type has words that are indexed.
    static func isTextLike(_ mediaType: String) -> Bool {
        mediaType.hasPrefix("text/")
            || ["application/json", "application/xml", "application/rtf", "message/rfc822"].contains(mediaType)
    }

    /// The words of a file; empty for one that has none.
    ///
    /// - Throws: what reading throws.
    static func of(_ open: OpenFile) async throws -> String {
        guard isTextLike(open.file.mediaType), open.file.size > 0 else { return "" }
        var bytes: [UInt8] = []
        for try await piece in open.bytes(0..<min(open.file.size, limit)) { bytes += piece }
        return text(bytes, mediaType: open.file.mediaType)
    }

    static func text(_ bytes: [UInt8], mediaType: String) -> String {
        let text = decoded(bytes)
        switch mediaType {
        case "text/html", "application/xml": return withoutTags(text)
        case "application/rtf": return withoutControls(text)
        default: return text
        }
    }

    /// UTF-16 by its byte order mark; else UTF-8, in which what is broken, as a character cut off at the limit, is replaced.
    private static func decoded(_ bytes: [UInt8]) -> String {
        let isBig = bytes.starts(with: [0xFE, 0xFF])
        if isBig || bytes.starts(with: [0xFF, 0xFE]) {
            var units: [UInt16] = []
            for at in stride(from: 2, to: bytes.count - 1, by: 2) {
                let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
                units.append(isBig ? first << 8 | second : second << 8 | first)
            }
            return String(decoding: units, as: UTF16.self)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // The index ends a text at a NUL.
        return text.utf8.contains(0) ? String(text.unicodeScalars.map { $0.value == 0 ? " " : Character($0) }) : text
    }

    /// What stands between tags; where a tag was, words end.
    private static func withoutTags(_ text: String) -> String {
        var out: [UInt8] = []
        var isInside = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "<"):
                isInside = true
                out.append(0x20)
            case UInt8(ascii: ">") where isInside: isInside = false
            default: if !isInside { out.append(byte) }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// RTF without its braces and control words (`\par`, `\'e9`).
    private static func withoutControls(_ text: String) -> String {
        var out: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"): out.append(0x20)
            case UInt8(ascii: "\\"):
                guard let next = rest.first else { break }
                if next == UInt8(ascii: "'") {
                    let code = rest.dropFirst().prefix(2)
                    rest = rest.dropFirst(3)
                    // Windows-1252 is Latin-1 where letters are.
                    if let value = UInt8(String(Substring(code)), radix: 16), value >= 0x20 {
                        out += Array(String(Character(Unicode.Scalar(value))).utf8)
                    }
                } else if Self.isLetter(next) {
                    rest = rest.drop { Self.isLetter($0) }
                    rest = rest.drop { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
                    // The space behind a control word belongs to it.
                    if rest.first == 0x20 { rest = rest.dropFirst() }
                    out.append(0x20)
                } else {
                    rest = rest.dropFirst()
                    out.append(next)
                }
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }
}
