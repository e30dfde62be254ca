import Crypto
import PluginAPI

/// Where the chain of the audit log ended at a moment, signed with the tenant's own key (ECDSA on P-256).
///
/// Whoever keeps one outside can show later that the log up to it is the same or is not. A *checkpoint* stands for all
/// entries up to it, which may then be trimmed.
struct AuditHead: Record {
    /// What a head is for.
    enum Kind: String, SQLConvertible, CaseIterable { case head, checkpoint }

    /// The last entry it covers.
    let number: Int
    let hash: [UInt8]
    let at: Instant
    let kind: Kind
    let kid: String
    /// The key's public point, 65 bytes.
    let publicKey: [UInt8]
    let signature: [UInt8]

    static let columns: SQL = "SELECT head.* FROM portico_audit_head AS head"

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("number")
        hash = try row.get("hash")
        at = Instant(microseconds: try row.get("at"))
        kind = try row.get("kind")
        kid = try row.get("kid")
        publicKey = try row.get("public_key")
        signature = try row.get("signature")
    }

    /// What is signed. The tenant's name is in it, so that one tenant's head is nothing at another.
    func text(tenant: String) -> String { Self.text(tenant, kind, number, hash, at) }

    static func text(_ tenant: String, _ kind: Kind, _ number: Int, _ hash: [UInt8], _ at: Instant) -> String {
        "portico audit 1 \(tenant) \(kind.rawValue) \(number) \(Hex.encode(hash)) \(at.microseconds)"
    }

    /// Whether the signature is one of this key over this head.
    func isSigned(by key: P256Key.Public, tenant: String) -> Bool {
        guard let signature = P256Signature(signature) else { return false }
        return key.verify(signature, of: Array(text(tenant: tenant).utf8))
    }
}
