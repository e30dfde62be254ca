import Crypto
import PluginAPI

/// Links of the portal's own in messages. Each carries what it does and a tag under the tenant's key: nobody makes one up, and
/// none of another tenant is good here.
struct MessageLinks: Sendable {
    /// The tenant's address, without a slash behind.
    let origin: String
    let keys: TenantKeys

    static let unsubscribePath = "/_portico/u"
    static let openPath = "/_portico/o"
    static let clickPath = "/_portico/c"

    /// Ends mails of these categories for a person.
    func unsubscribe(_ person: PersonID, from categories: [NoticeCategory]) -> String {
        let names = Set(categories.map(\.name)).sorted()
        return origin + Self.unsubscribePath + "/"
            + SignedText.make([person.rawValue] + names, for: .unsubscribing, keys)
    }

    /// Notes that a mail was opened, and gives a picture of one point.
    func opened(_ delivery: String) -> String {
        origin + Self.openPath + "/" + SignedText.make([delivery], for: .opening, keys)
    }

    /// Notes that a link was followed, and leads on.
    func clicked(_ url: String, _ delivery: String) -> String {
        origin + Self.clickPath + "/" + SignedText.make([delivery, url], for: .clicking, keys)
    }

    /// A text whose links lead over the portal.
    func tracked(_ text: String, delivery: String) -> String {
        var out = ""
        var rest = text[...]
        while let start = Self.nextLink(in: rest) {
            out += rest[..<start]
            let tail = rest[start...]
            let end = tail.firstIndex { $0.isWhitespace || "<>\"".contains($0) } ?? tail.endIndex
            var link = tail[..<end]
            // What ends a sentence does not belong to the link.
            while let last = link.last, ".,;:!?)".contains(last) { link.removeLast() }
            // A path has a bound too.
            out += link.utf8.count <= 2000 ? clicked(String(link), delivery) : String(link)
            rest = rest[link.endIndex...]
        }
        return out + rest
    }

    private static func nextLink(in text: Substring) -> Substring.Index? {
        var rest = text
        while let start = rest.firstIndex(of: "h") {
            if rest[start...].hasPrefix("https://") || rest[start...].hasPrefix("http://") { return start }
            rest = rest[rest.index(after: start)...]
        }
        return nil
    }
}

/// A few texts with a tag that only the tenant can make, as one word in a path.
enum SignedText {
    /// What a link does; one for one thing is no good for another.
    enum Purpose: String { case unsubscribing, opening, clicking }

    private static let tagBytes = Digest256.byteCount

    static func make(_ parts: [String], for purpose: Purpose, _ keys: TenantKeys) -> String {
        let text = parts.joined(separator: "\n")
        return Base64URL.encode(keys.tag("link." + purpose.rawValue, text) + Array(text.utf8))
    }

    /// The texts; nil when the tag is not ours for this purpose.
    static func read(_ token: String, for purpose: Purpose, _ keys: TenantKeys) -> [String]? {
        guard token.utf8.count <= 8000, let bytes = Base64URL.decode(token), bytes.count > tagBytes else { return nil }
        let text = String(decoding: bytes.dropFirst(tagBytes), as: UTF8.self)
        let tag = keys.tag("link." + purpose.rawValue, text)
        guard constantTimeEquals(Array(bytes.prefix(tagBytes)), tag) else { return nil }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
