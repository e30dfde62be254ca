/// Somebody else's server, as a company's settings name it, with the key it asks for:
///
///     "endpoint": { "url": "https://models.example.com/v1", "key": { "$env": "MODELS_KEY" } }
///
/// A plugin has one as a field of its settings and asks it by ``Peers``. Whoever may change settings through the API cannot
/// change a peer that has a key: it would have the operator's secret sent to a server of their own.
public struct Peer: Described, Equatable {
    /// Where its API begins.
    public let url: PeerAddress
    /// What it wants to see; nothing when nil.
    public let key: Secret?
    /// The field that carries the key; `Authorization: Bearer` when nil.
    public let keyHeader: String?

    public init(url: PeerAddress, key: Secret? = nil, keyHeader: String? = nil) {
        self.url = url
        self.key = key
        self.keyHeader = keyHeader
    }

    public static let schema = Schema<Peer>.object(
        Peer.init(url:key:keyHeader:),
        Field("url", \.url, PeerAddress.schema, note: "Where the server's API begins"),
        Field("key", \.key, .optional(Secret.schema), note: "The key it asks for"),
        Field(
            "keyHeader", \.keyHeader, .optional(.keyHeader),
            note: "The header field that carries the key; without it, Authorization: Bearer"))
}

/// An https address without query; http is for private networks and this machine, where the operator allows those.
public struct PeerAddress: Described, Hashable {
    /// Without a slash at its end.
    public let text: String

    /// - Returns: nil for what is no such address.
    public init?(_ text: String) {
        guard (1...2000).contains(text.utf8.count),
            let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }
        let path = rest[host.endIndex...]
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard !host.isEmpty, host.utf8.allSatisfy({ isAlphanumeric($0) || ".-:[]".utf8.contains($0) }),
            path.utf8.allSatisfy({ isAlphanumeric($0) || "/-._~%!$&'()*+,;=:@".utf8.contains($0) })
        else { return nil }
        self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    public static let schema = Schema<PeerAddress>.text(
        JSONSchema(["type": "string", "format": "uri", "examples": ["https://api.example.com/v1"]]),
        allowed: "an http or https address without name, password and query",
        sample: { "https://api\($0).example.com/v1" }, parse: { PeerAddress($0) }, write: { $1.value($0.text) })
}

extension Schema<String> {
    /// The name of a field that may carry a key.
    fileprivate static var keyHeader: Schema {
        .text(
            JSONSchema(["type": "string", "examples": ["api-key"]]),
            allowed: "the name of a header field such as api-key, in lower case", sample: { "x-key-\($0)" },
            parse: { text in
                let isName =
                    (1...64).contains(text.utf8.count)
                    && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 0x2D }
                // These say what the message is and where it goes.
                let taken = [
                    "host", "connection", "content-length", "content-type", "transfer-encoding", "expect", "te",
                    "trailer", "upgrade", "accept", "date", "keep-alive",
                ]
                return isName && !taken.contains(text) ? text : nil
            }, write: { $1.value($0) })
    }
}
