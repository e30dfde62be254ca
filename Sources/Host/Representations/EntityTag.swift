import Crypto
import HTTPServer

/// An entity tag (RFC 9110 §8.8.3).
struct EntityTag: Sendable, Hashable {
    /// With its quotes.
    let opaque: String
    let isWeak: Bool

    /// As it stands in a field.
    let text: String

    /// - Parameter opaque: with its quotes.
    init(opaque: String, isWeak: Bool) {
        self.opaque = opaque
        self.isWeak = isWeak
        text = isWeak ? "W/" + opaque : opaque
    }

    /// Of exactly these bytes, from 96 bits of their SHA-256.
    static func strong(of bytes: [UInt8]) -> EntityTag { EntityTag(opaque: opaque(bytes.span), isWeak: false) }

    /// Of data around which other things change, such as an envelope with the time in it.
    static func weak(of data: Span<UInt8>) -> EntityTag { EntityTag(opaque: opaque(data), isWeak: true) }

    private static func opaque(_ bytes: Span<UInt8>) -> String {
        var text = [UInt8(ascii: "\"")]
        text.reserveCapacity(18)
        SHA256.hash(bytes).withBytes { Base64URL.append($0.extracting(0..<12), to: &text) }
        text.append(UInt8(ascii: "\""))
        return String(decoding: text, as: UTF8.self)
    }

    /// Both are strong and the same (RFC 9110 §8.8.3.2).
    func matchesStrongly(_ other: EntityTag) -> Bool { !isWeak && !other.isWeak && opaque == other.opaque }

    /// They name the same, weak or not.
    func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }
}

/// What `If-Match` and `If-None-Match` name (RFC 9110 §13.1.1, §13.1.2).
enum EntityTagList: Sendable, Equatable {
    case any
    case tags([EntityTag])

    /// Reads all fields of the name; nil when there is none, or when they are malformed.
    init?(_ request: Request, _ name: HeaderName) {
        var tags: [EntityTag] = []
        let fields = request.headers(name)
        if fields.count == 1, request.bytes[fields[0]].elementsEqual("*".utf8) {
            self = .any
            return
        }
        for field in fields {
            guard let more = Self.read(request.bytes[field]) else { return nil }
            tags += more
        }
        if tags.isEmpty { return nil }
        self = .tags(tags)
    }

    /// A list of tags; empty elements are passed over (RFC 9110 §5.6.1.2).
    static func read(_ bytes: ArraySlice<UInt8>) -> [EntityTag]? {
        var rest = bytes
        var tags: [EntityTag] = []
        while true {
            rest = rest.drop { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard !rest.isEmpty else { return tags }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""), let close = rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")),
                rest[rest.startIndex + 1..<close].allSatisfy({ $0 >= 0x21 && $0 != 0x7f })
            else { return nil }
            tags.append(
                EntityTag(opaque: String(decoding: rest[rest.startIndex...close], as: UTF8.self), isWeak: isWeak))
            rest = rest[(close + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return nil }
        }
    }
}
