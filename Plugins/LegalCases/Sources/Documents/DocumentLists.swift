internal import PluginAPI

/// What lists of documents are asked for.
struct DocumentsAsked: Described {
    let matter: Int?
    let folder: String?
    let search: String?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<DocumentsAsked>.object(
        DocumentsAsked.init(matter:folder:search:page:pageSize:),
        Field("case", \.matter, .optional(.number), in: .query),
        Field("folder", \.folder, .optional(DocumentFields.folder), in: .query, note: "With the folders in it"),
        Field(
            "search", \.search, .optional(.string(1...200, .verbatim)), in: .query,
            note: "Words of title, description or text; the last may be the beginning of one"),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field(
            "page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var range: (page: Int, limit: Int) { PageAsked(page: page, pageSize: pageSize).range }

    /// - Parameter matters: those whose documents the caller sees; nil for all.
    func filter(_ matters: [Int]?, isForClient: Bool) -> DocumentFilter {
        DocumentFilter(
            matters: matters, isForClient: isForClient, matter: matter,
            folder: folder.flatMap { $0.isEmpty ? nil : $0 },
            search: search)
    }
}

extension PageNumbers {
    /// Of a list whose whole nobody counts: there is another page, or there is none.
    init(page: Int, limit: Int, shown: Int, hasMore: Bool) {
        self.init(page: page, limit: limit, total: (page - 1) * limit + shown + (hasMore ? 1 : 0))
    }
}

extension LegalCases {
    /// `GET /api/portal/documents/`
    func portalDocuments(
        _ asked: DocumentsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<DocumentListed> {
        let (page, limit) = asked.range
        let filter = asked.filter(try tx.matters(within: .own(call.caller.id)), isForClient: true)
        let (rows, hasMore) = try tx.documents(filter, page: page, limit: limit)
        return Page(
            rows.map { DocumentListed($0) },
            PageNumbers(page: page, limit: limit, shown: rows.count, hasMore: hasMore))
    }

    /// `GET /api/staff/documents/`
    func staffDocuments(
        _ asked: DocumentsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<StaffDocumentListed> {
        guard let reach = call.reach else { throw Problem.forbidden }
        let (page, limit) = asked.range
        let filter = asked.filter(try tx.matters(within: reach), isForClient: false)
        let (rows, hasMore) = try tx.documents(filter, page: page, limit: limit)
        return Page(
            rows.map { StaffDocumentListed($0) },
            PageNumbers(page: page, limit: limit, shown: rows.count, hasMore: hasMore))
    }

    /// `GET /api/portal/documents/{document_id}/`
    func portalDocument(_ named: DocumentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> DocumentShown
    {
        guard let row = try tx.document(named.id, isForClient: true) else { throw Problem.notFound }
        return DocumentShown(row)
    }

    /// `GET /api/staff/documents/{document_id}/`
    func staffDocument(_ named: DocumentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> StaffDocument
    {
        try tx.staffDocument(named.id)
    }

    /// `GET /api/staff/cases/{case_id}/folders/`
    func folders(_ named: CaseNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> [FolderShown]
    {
        var folders: [FolderShown] = []
        try tx.forEach(
            """
            SELECT folder, count(*) FROM legalcases_document WHERE matter_id = \(named.id) GROUP BY folder ORDER BY folder
            """
        ) { (row: borrowing Row) throws(StoreError) in
            folders.append(FolderShown(folder: try row.get(at: 0), documents: try row.get(at: 1)))
        }
        return folders
    }
}

extension Reading where Self: ~Copyable {
    /// A document as the staff see it.
    borrowing func staffDocument(_ id: Int) throws -> StaffDocument {
        guard let row = try document(id) else { throw Problem.notFound }
        let versions = try self.versions(of: id)
        var shown: [VersionShown] = []
        for version in versions {
            shown.append(
                VersionShown(
                    version: version.number, fileName: version.name, fileType: version.fileType,
                    fileSize: version.size, sha256: version.sha256, uploadedBy: try named(version.uploadedBy),
                    uploadedAt: version.uploadedAt, sharedAt: version.shownAt,
                    state: VersionState(version, shown: row.shown)))
        }
        return StaffDocument(row, isHeld: try isHeld(document: id, of: row.matter), versions: shown)
    }
}

/// A folder of a case.
struct FolderShown: Described {
    let folder: String
    let documents: Int

    static let schema = Schema<FolderShown>.object(
        FolderShown.init(folder:documents:), Field("folder", \.folder, .string(0...200), note: "Empty for none"),
        Field("documents", \.documents, .number, note: "In it, without those in its folders"))
}
