internal import PluginAPI

/// A link that is asked for.
struct ShareAsked: Described {
    let document: Int
    let version: Int?
    let recipient: String
    let expiresIn: Int
    let maxDownloads: Int

    static let schema = Schema<ShareAsked>.object(
        ShareAsked.init(document:version:recipient:expiresIn:maxDownloads:),
        Field("document_id", \.document, .number, in: .path),
        Field("version", \.version, .optional(DocumentFields.version), note: "The newest at this moment without it"),
        Field(
            "recipient", \.recipient, .string(0...300), default: "", note: "For whom it is; for the firm's own records"),
        Field("expires_in", \.expiresIn, .int(60...366 * 86_400), default: 7 * 86_400, note: "Seconds"),
        Field(
            "max_downloads", \.maxDownloads, .int(1...1_000_000), default: 1000,
            note: "It ends when it was read so often"))
}

/// One link of a document.
struct ShareNamed: Described {
    let document: Int
    let share: String

    static let schema = Schema<ShareNamed>.object(
        ShareNamed.init(document:share:), Field("document_id", \.document, .number, in: .path),
        Field("share_id", \.share, .string(1...64), in: .path))
}

/// How a link stands.
enum ShareState: String, CaseIterable, Sendable { case active, revoked, expired, exhausted }

/// A link as those see it who may make one.
struct ShareShown: Described {
    let id: String
    let version: Int
    let recipient: String
    let state: ShareState
    let url: String?
    let downloads: Int?
    let maxDownloads: Int?
    let createdBy: PersonNamed?
    let createdAt: Instant
    let expiresAt: Instant
    let revokedAt: Instant?

    static let schema = Schema<ShareShown>.object(
        ShareShown.init(
            id:version:recipient:state:url:downloads:maxDownloads:createdBy:createdAt:expiresAt:revokedAt:),
        Field("id", \.id, .string(1...64)), Field("version", \.version, .number),
        Field("recipient", \.recipient, .string(0...300)), Field("state", \.state, .oneOf),
        Field("url", \.url, .optional(.string(1...2000)), note: "null once it has ended"),
        Field("downloads", \.downloads, .optional(.number)),
        Field("max_downloads", \.maxDownloads, .optional(.number)),
        Field("created_by", \.createdBy, .optional(PersonNamed.schema)),
        Field("created_at", \.createdAt, Instant.schema), Field("expires_at", \.expiresAt, Instant.schema),
        Field("revoked_at", \.revokedAt, .optional(Instant.schema)))
}

extension ShareShown {
    /// - Parameter link: the host's; nil once it has ended.
    init(_ row: ShareRow, _ link: FileLink?, createdBy: PersonNamed?, now: Instant) {
        let isUsedUp = link.map { link in link.most.map { link.downloads >= $0 } ?? false } ?? true
        let state: ShareState =
            row.revokedAt != nil ? .revoked : row.expiresAt <= now ? .expired : isUsedUp ? .exhausted : .active
        self.init(
            id: row.id, version: row.version, recipient: row.recipient, state: state,
            url: state == .active ? link?.url : nil, downloads: link?.downloads, maxDownloads: link?.most,
            createdBy: createdBy, createdAt: row.createdAt, expiresAt: row.expiresAt, revokedAt: row.revokedAt)
    }
}
