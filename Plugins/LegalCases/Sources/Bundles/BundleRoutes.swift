internal import Documents
internal import PluginAPI

/// Documents of a case as one archive, made while it is sent: it takes no room, and no memory to speak of.
extension LegalCases {
    static let bundleRoutes: [Route<Self>] = [
        .get(
            "/api/staff/cases/{case_id}/bundle/", .asynchronous(Self.staffBundle),
            needs: .permission(.readDocuments, of: Self.caseOfBundle),
            "Documents of a case as an archive with an index and SHA-256 checksums."),
        .get(
            "/api/portal/cases/{case_id}/bundle/", .asynchronous(Self.portalBundle),
            needs: .permission(.usePortal, of: Self.caseOfBundle),
            "What the caller sees of their case as an archive with an index and SHA-256 checksums."),
    ]

    func caseOfBundle(_ asked: BundleAsked, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.matter(asked.matter).map { $0.subject("case", $0.id) }
    }

    /// `GET /api/staff/cases/{case_id}/bundle/`
    func staffBundle(_ asked: BundleAsked, _ call: Call<Member>) async throws -> Content {
        try await bundle(asked, isForClient: false, call)
    }

    /// `GET /api/portal/cases/{case_id}/bundle/`
    func portalBundle(_ asked: BundleAsked, _ call: Call<Member>) async throws -> Content {
        try await bundle(asked, isForClient: true, call)
    }

    private func bundle(_ asked: BundleAsked, isForClient: Bool, _ call: Call<Member>) async throws -> Content {
        let rows = try await call.store.read { tx in try asked.rows(isForClient: isForClient, tx) }
        let index = BundleIndex(rows.map { BundleIndex.Entry($0) })
        let now = call.now
        try await call.store.write { tx in
            guard let matter = try tx.matter(asked.matter) else { throw Problem.notFound }
            try tx.audit(
                AuditEntry(
                    "documents.bundled", on: matter.subject("case", matter.id),
                    details: ["documents": .array(rows.map { .integer(Int64($0.id)) })]))
        }
        let files = call.files
        let stream = ByteStream {
            let pieces = BundlePieces(index, at: now) { try await files.open($0) }
            return { try await pieces.next() }
        }
        return Content(
            .stream(length: nil, stream), mediaType: "application/zip", fileName: "case-\(asked.matter).zip",
            isForeign: true)
    }
}

extension BundleIndex.Entry {
    init(_ row: DocumentRow) {
        self.init(
            document: row.id, title: row.title, folder: row.folder, file: row.version.file, name: row.version.name,
            size: row.version.size, sha256: row.version.sha256, version: row.version.number,
            uploadedAt: row.version.uploadedAt)
    }
}

/// What of a case goes into an archive, and in which order.
struct BundleAsked: Described {
    let matter: Int
    let documents: [Int]?
    let folder: String?

    /// Documents in one archive at most.
    static let most = 10_000

    static let schema = Schema<BundleAsked>.object(
        BundleAsked.init(matter:documents:folder:), Field("case_id", \.matter, .number, in: .path),
        Field(
            "documents", \.documents, .optional(.list(.number, 1...500)), in: .query,
            note: "These, in this order; all by folder and day without it"),
        Field("folder", \.folder, .optional(DocumentFields.folder), in: .query, note: "With the folders in it"))

    /// - Throws: ``Problem`` 400 that names the documents which are not there, 409 when there are too many.
    func rows(isForClient: Bool, _ tx: borrowing ReadTransaction) throws -> [DocumentRow] {
        if let documents {
            var rows: [DocumentRow] = []
            var mistakes: [Mistake] = []
            for (position, id) in documents.enumerated() {
                if let row = try tx.document(id, isForClient: isForClient), row.matter == matter,
                    !rows.contains(where: { $0.id == id })
                {
                    rows.append(row)
                } else {
                    mistakes.append(
                        Mistake(
                            [.name("documents"), .index(position)], .notAllowed,
                            "must be the number of a document of the case, once"))
                }
            }
            guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
            return rows
        }
        var conditions: [SQL] = ["d.matter_id = \(matter)"]
        if let folder, !folder.isEmpty { conditions.append(DocumentFilter.inFolder(folder)) }
        let rows: [DocumentRow] = try tx.all(
            DocumentRow.select(isForClient: isForClient) + "WHERE" + SQL.joined(conditions, by: " AND ")
                + "ORDER BY d.folder, d.id LIMIT \(Self.most + 1)")
        guard rows.count <= Self.most else {
            throw Problem.conflict("TOO_MANY", "The case has more than \(Self.most) documents: ask folder by folder.")
        }
        return rows
    }
}
