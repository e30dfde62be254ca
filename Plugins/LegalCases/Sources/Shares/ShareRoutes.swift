internal import PluginAPI

/// Links by which anybody reads one version of a document until they end. The host makes and checks them, and keeps each
/// reading in the audit log; here stands for whom they are.
extension LegalCases {
    static let shareRoutes: [Route<Self>] = [
        .get(
            "/api/staff/documents/{document_id}/shares/", .asynchronous(Self.shares),
            needs: .permission(.readDocuments, of: Self.anyDocument), "The links of a document, the newest first."),
        .post(
            "/api/staff/documents/{document_id}/shares/", .asynchronous(Self.share),
            needs: .permission(.writeDocuments, of: Self.documentToShare),
            refuses: [FileRefusal.self],
            notTransactionalBecause: "the host makes the link, and writes it in a transaction of its own",
            "Makes a link to one version of a document. Later versions are not behind it."),
        .delete(
            "/api/staff/documents/{document_id}/shares/{share_id}/", .asynchronous(Self.endShare),
            needs: .permission(.writeDocuments, of: Self.documentOfShare), "Ends a link at once."),
    ]

    func documentToShare(_ asked: ShareAsked, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofDocument: asked.document)
    }

    func documentOfShare(_ named: ShareNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofDocument: named.document)
    }

    /// `GET /api/staff/documents/{document_id}/shares/`
    func shares(_ named: DocumentNamed, _ call: Call<Member>) async throws -> [ShareShown] {
        let (rows, files) = try await call.store.read { tx in
            (
                try tx.all(
                    """
                    SELECT * FROM legalcases_share WHERE document_id = \(named.id) ORDER BY created_at DESC, id LIMIT 500
                    """, as: ShareRow.self),
                try tx.versions(of: named.id).map(\.file)
            )
        }
        var links: [String: FileLink] = [:]
        for file in files where !rows.isEmpty {
            for link in try await call.files.links(of: file) { links[link.id] = link }
        }
        let makers = try await call.store.read { tx in
            var makers: [PersonNamed?] = []
            for row in rows { makers.append(try tx.named(row.createdBy)) }
            return makers
        }
        return zip(rows, makers).map { row, maker in
            ShareShown(row, links[row.id], createdBy: maker, now: call.now)
        }
    }

    /// `POST /api/staff/documents/{document_id}/shares/`
    func share(_ asked: ShareAsked, _ call: Call<Member>) async throws -> ShareShown {
        let version = try await call.store.read { tx -> DocumentVersion? in
            guard let row = try tx.document(asked.document) else { return nil }
            return try asked.version.map { try tx.version($0, of: row.id) } ?? row.version
        }
        guard let version else { throw Problem.invalid("version", .notAllowed, "must be a version of the document") }
        let end = call.now + .seconds(asked.expiresIn)
        let link = try await call.files.share(version.file, version: nil, until: end, most: asked.maxDownloads)
        let person = call.caller.principal.person
        return try await call.store.write { tx in
            let row: ShareRow = try tx.one(
                """
                INSERT INTO legalcases_share (id, document_id, version, recipient, created_by, created_at, expires_at)
                VALUES (\(link.id), \(asked.document), \(version.number), \(asked.recipient), \(person),
                    \(tx.now.microseconds), \(link.expiresAt.microseconds)) RETURNING *
                """)
            if let subject = try tx.subject(ofDocument: asked.document) {
                try tx.audit(
                    AuditEntry(
                        "document.shared", on: subject,
                        details: [
                            "share": .string(link.id), "version": .integer(Int64(version.number)),
                            "recipient": .string(asked.recipient), "expiresAt": .string(link.expiresAt.description),
                        ]))
            }
            return ShareShown(row, link, createdBy: try tx.named(person), now: tx.now)
        }
    }

    /// `DELETE /api/staff/documents/{document_id}/shares/{share_id}/`
    func endShare(_ named: ShareNamed, _ call: Call<Member>) async throws -> NoContent {
        let file = try await call.store.write { tx -> FileID? in
            let version: Int? = try tx.value(
                """
                UPDATE legalcases_share SET revoked_at = coalesce(revoked_at, \(tx.now.microseconds))
                WHERE id = \(named.share) AND document_id = \(named.document) RETURNING version
                """)
            return try version.flatMap { try tx.version($0, of: named.document)?.file }
        }
        guard let file else { throw Problem.notFound }
        // A link that has run out is gone already.
        do { try await call.files.revoke(named.share, of: file) } catch let problem as Problem
            where problem.status == 404
        {}
        return NoContent()
    }
}

/// A link as its table holds it.
struct ShareRow: Record {
    let id: String
    let document: Int
    let version: Int
    let recipient: String
    let createdBy: PersonID?
    let createdAt: Instant
    let expiresAt: Instant
    let revokedAt: Instant?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        document = try row.get("document_id")
        version = try row.get("version")
        recipient = try row.get("recipient")
        createdBy = try row.get("created_by")
        createdAt = Instant(microseconds: try row.get("created_at"))
        expiresAt = Instant(microseconds: try row.get("expires_at"))
        revokedAt = (try row.get("revoked_at") as Int64?).map { Instant(microseconds: $0) }
    }
}
