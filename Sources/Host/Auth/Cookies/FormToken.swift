import Crypto
import PluginAPI

/// What a form of the host's pages carries to show that the host itself wrote it: a keyed hash of whose form it is, with a
/// random number in it. Nothing is stored, and no page of another site, or of another session, can make one.
///
/// The number makes every token look different, so that nothing can be learnt from the length of compressed pages.
enum FormToken {
    /// Whose form it is.
    enum Owner: Sendable {
        /// A session's, by its id.
        case session(String)
        /// A browser's that nobody has signed in with yet, by its device cookie.
        case device(String)

        fileprivate var text: String {
            switch self {
            case .session(let id): "session " + id
            case .device(let id): "device " + id
            }
        }
    }

    private static let nonceBytes = 12

    /// A new token.
    static func make(for owner: Owner, _ keys: TenantKeys) -> String {
        let nonce = Random.bytes(nonceBytes)
        return Base64URL.encode(nonce + tag(nonce, owner, keys))
    }

    /// Whether a token was made for this owner.
    static func isGood(_ token: String, for owner: Owner, _ keys: TenantKeys) -> Bool {
        guard token.utf8.count <= 100, let bytes = Base64URL.decode(token),
            bytes.count == nonceBytes + Digest256.byteCount
        else { return false }
        let nonce = Array(bytes.prefix(nonceBytes))
        return constantTimeEquals(Array(bytes.dropFirst(nonceBytes)), tag(nonce, owner, keys))
    }

    private static func tag(_ nonce: [UInt8], _ owner: Owner, _ keys: TenantKeys) -> [UInt8] {
        keys.tag("form", Base64URL.encode(nonce) + " " + owner.text)
    }
}
