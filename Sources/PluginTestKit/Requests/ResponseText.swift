/// An answer as it comes over a socket, read once the connection is closed.
struct ResponseText {
    let status: Int
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    /// Nil when the bytes are no whole answer.
    init?(_ bytes: [UInt8], isHead: Bool) {
        guard let end = Self.endOfHead(bytes) else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
        let fields = lines.dropFirst().map { line in
            let name = line.prefix { $0 != ":" }
            return (name: name.lowercased(), value: String(line.dropFirst(name.count + 2)))
        }
        let rest = Array(bytes[(end + 4)...])
        self.status = status
        self.fields = fields
        if isHead || status == 204 || status == 304 {
            body = []
        } else if fields.contains(where: { $0.name == "transfer-encoding" }) {
            guard let whole = Self.joined(chunks: rest) else { return nil }
            body = whole
        } else {
            guard let length = fields.first(where: { $0.name == "content-length" }).flatMap({ Int($0.value) }),
                rest.count == length
            else { return nil }
            body = rest
        }
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        return bytes.indices.first { bytes[$0...].starts(with: mark) }
    }

    /// The content of a chunked body (RFC 9112 §7.1).
    private static func joined(chunks bytes: [UInt8]) -> [UInt8]? {
        var whole: [UInt8] = []
        var at = 0
        while let line = bytes[at...].firstIndex(of: 0x0A) {
            let digits = String(decoding: bytes[at..<line], as: UTF8.self).prefix { $0.isHexDigit }
            guard let size = Int(digits, radix: 16), line + 1 + size + 2 <= bytes.count else { return nil }
            if size == 0 { return whole }
            whole += bytes[line + 1..<line + 1 + size]
            at = line + 1 + size + 2
        }
        return nil
    }
}
