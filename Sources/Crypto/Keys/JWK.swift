/// What all JSON Web Keys share.
enum JWK {
    /// The digest of the required members in order (RFC 7638 §3). Their values are base64url or plain names, so the JSON
    /// needs no escapes.
    static func thumbprint(of members: [(name: String, value: String)]) -> Digest256 {
        let text = "{" + members.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",") + "}"
        return SHA256.hash(Array(text.utf8))
    }
}
