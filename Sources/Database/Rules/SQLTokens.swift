/// The words of SQL text, told apart from strings, quoted names and comments as SQLite does it.
struct SQLTokens: IteratorProtocol {
    enum Token: Equatable {
        /// A keyword, a bare name or a number, in lower case.
        case word(String)
        /// A string or a quoted name, without its quotes, in lower case.
        case quoted(String)
        /// Any other character.
        case symbol(UInt8)
    }

    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func next() -> Token? {
        skipSpaceAndComments()
        guard let byte = peek(0) else { return nil }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return quoted(until: byte, doubled: true)
        case UInt8(ascii: "["): return quoted(until: UInt8(ascii: "]"), doubled: false)
        case _ where Self.isWord(byte):
            let start = position
            while let next = peek(0), Self.isWord(next) { position += 1 }
            return .word(text(start..<position))
        default:
            position += 1
            return .symbol(byte)
        }
    }

    private func peek(_ ahead: Int) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func skipSpaceAndComments() {
        while let byte = peek(0) {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                position += 1
            } else if byte == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") {
                while let next = peek(0), next != 0x0A { position += 1 }
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                position += 2
                while peek(0) != nil, !(peek(0) == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) { position += 1 }
                position = min(position + 2, bytes.count)
            } else {
                return
            }
        }
    }

    private mutating func quoted(until end: UInt8, doubled: Bool) -> Token {
        position += 1
        let start = position
        while let byte = peek(0) {
            if byte == end {
                guard doubled, peek(1) == end else { break }
                position += 1
            }
            position += 1
        }
        defer { position = min(position + 1, bytes.count) }
        return .quoted(text(start..<position))
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...: true
        default: false
        }
    }
}
