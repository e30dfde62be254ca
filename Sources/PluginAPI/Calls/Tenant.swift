public import Time

/// What a plugin may know of the tenant it works for. A class, because it goes along with every request.
public final class Tenant: Sendable {
    /// Names the tenant in addresses and folders: `lumen`.
    public let slug: String
    /// The name people read.
    public let name: String
    /// The zone in which the tenant keeps its days, unless something has one of its own.
    public let zone: Zone
    /// The language of texts for people whose own is not known.
    public let language: Language
    /// `http://lumen.localhost:8080`, without a slash behind; for links in messages.
    public let origin: String

    public init(slug: String, name: String, zone: Zone, language: Language, origin: String) {
        self.slug = slug
        self.name = name
        self.zone = zone
        self.language = language
        self.origin = origin
    }
}

/// A language as a BCP 47 primary tag with an optional region: `en`, `de`, `pt-BR`.
public struct Language: Sendable, Hashable, CustomStringConvertible {
    /// The tag, as written.
    public let tag: String

    public init?(_ tag: String) {
        // Read with every account, so bytes and no walk over characters.
        var length = 0
        var isFirst = true
        for byte in tag.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): length += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: length += 1
            case UInt8(ascii: "-") where isFirst ? (2...3).contains(length) : (1...8).contains(length):
                length = 0
                isFirst = false
            default: return nil
            }
        }
        guard isFirst ? (2...3).contains(length) : (1...8).contains(length), tag.utf8.count <= 35 else { return nil }
        self.tag = tag
    }

    private init(known tag: String) { self.tag = tag }

    public static let english = Language(known: "en")

    /// `pt` of `pt-BR`, in lower case.
    public var base: String { tag.prefix { $0 != "-" }.lowercased() }

    public var description: String { tag }
}

extension Language: Described {
    public static var schema: Schema<Language> {
        .text(
            JSONSchema(["type": "string", "format": "bcp47"]), allowed: "a language tag such as en or pt-BR",
            sample: { ["en", "de", "fr", "pt-BR"][$0 % 4] }, parse: { Language($0) }, write: { $1.value($0.tag) })
    }
}
