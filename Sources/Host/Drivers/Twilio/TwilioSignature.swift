import Crypto

/// How the provider signs what it reports: HMAC-SHA-1, under the account's password, of the address it was told and of all
/// parameters, sorted by name.
enum TwilioSignature {
    static func of(_ url: String, _ fields: [(name: String, value: String)], token: String) -> String {
        Base64.encode(HMAC1Key(Array(token.utf8)).tag(for: text(url, fields)))
    }

    /// Whether the account signed it; compared in constant time.
    static func isGood(
        _ signature: String, of url: String, _ fields: [(name: String, value: String)], token: String
    ) -> Bool {
        guard let tag = Base64.decode(signature) else { return false }
        return HMAC1Key(Array(token.utf8)).verify(tag, for: text(url, fields))
    }

    private static func text(_ url: String, _ fields: [(name: String, value: String)]) -> [UInt8] {
        let sorted = fields.sorted { left, right in
            left.name == right.name
                ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
                : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        return sorted.reduce(into: Array(url.utf8)) { $0 += Array($1.name.utf8) + Array($1.value.utf8) }
    }
}
