import Crypto
import PluginAPI

extension Route<PorticoAPI> {
    static let listHeads = Route.get(
        PorticoAPI.base + "/audit/heads", .reading(PorticoAPI.listHeads), needs: .permission(.readAudit),
        "The signed ends of the audit log, the newest first: whoever keeps one can show later that the log before it is the same."
    )
}

/// Which heads are asked for.
struct HeadsAsked: Described {
    var page: Int
    var limit: Int
    static let schema = Schema.object(
        Self.init(page:limit:), Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// Where the audit log ended at a moment, signed.
struct HeadShown: Described {
    var number: Int
    var hash: String
    var at: Instant
    var kind: AuditHead.Kind
    var publicKey: String
    var signed: String
    var signature: String

    static let schema = Schema.object(
        Self.init(number:hash:at:kind:publicKey:signed:signature:),
        Field("number", \.number, .int(0...(1 << 53)), note: "The last entry it covers."),
        Field("hash", \.hash, .string(64...64), note: "That entry's hash, over all before it: hexadecimal."),
        Field("at", \.at, Instant.schema),
        Field("kind", \.kind, .oneOf, note: "head, or checkpoint: what was before it is trimmed."),
        Field("publicKey", \.publicKey, .string(1...200), note: "The tenant's key: a point of P-256, base64url."),
        Field("signed", \.signed, .string(1...500), note: "The text that is signed."),
        Field("signature", \.signature, .string(1...200), note: "ES256 (RFC 7518 §3.4), base64url."))
}

extension PorticoAPI {
    func listHeads(_ asked: HeadsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<HeadShown>
    {
        let tenant = call.tenant.slug
        return try tx.host { tables in
            let total = try tables.value("SELECT COUNT(*) FROM portico_audit_head", as: Int.self)
            let heads = try tables.all(
                AuditHead.columns + "ORDER BY head.id DESC" + Paging.rows(page: asked.page, limit: asked.limit),
                as: AuditHead.self)
            return Page(
                heads.map { HeadShown($0, tenant: tenant) },
                PageNumbers(page: asked.page, limit: asked.limit, total: total ?? 0))
        }
    }
}

extension HeadShown {
    init(_ head: AuditHead, tenant: String) {
        self.init(
            number: head.number, hash: Hex.encode(head.hash), at: head.at, kind: head.kind,
            publicKey: Base64URL.encode(head.publicKey), signed: head.text(tenant: tenant),
            signature: Base64URL.encode(head.signature))
    }
}
