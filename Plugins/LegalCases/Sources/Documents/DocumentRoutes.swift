internal import PluginAPI

extension LegalCases {
    static let documentRoutes: [Route<Self>] = portalDocumentRoutes + staffDocumentRoutes

    private static let streamed = "the file is on the disk before its rows are written; Idempotency-Key is honoured"

    private static let portalDocumentRoutes: [Route<Self>] = [
        .get(
            "/api/portal/documents/", .reading(Self.portalDocuments), needs: .own(.usePortal),
            "The documents that the caller sees, the newest first."),
        .post(
            "/api/portal/documents/", .receivingForm(Self.bringDocument), needs: .own(.usePortal),
            refuses: [DocumentRefusal.self], notTransactionalBecause: streamed, "Brings a document to a case."),
        .get(
            "/api/portal/documents/{document_id}/", .reading(Self.portalDocument),
            needs: .permission(.usePortal, of: Self.shownDocument), "One document."),
        .get(
            "/api/portal/documents/{document_id}/download/", .asynchronous(Self.portalDownload),
            needs: .permission(.usePortal, of: Self.shownDocument), "A document's bytes; parts of it by Range."),
        .post(
            "/api/portal/documents/{document_id}/versions/", .receivingForm(Self.bringVersion),
            needs: .permission(.usePortal, of: Self.shownDocument), refuses: [DocumentRefusal.self],
            notTransactionalBecause: streamed, "A new version of a document that the caller brought."),
    ]

    private static let staffDocumentRoutes: [Route<Self>] = [
        .get(
            "/api/staff/documents/", .reading(Self.staffDocuments), needs: .listing(.readDocuments),
            "Documents, the newest first; with search, those whose title, description or text has its words."),
        .post(
            "/api/staff/documents/", .receivingForm(Self.addDocument), needs: .listing(.writeDocuments),
            refuses: [DocumentRefusal.self], notTransactionalBecause: streamed, "Adds a document to a case."),
        .get(
            "/api/staff/documents/{document_id}/", .reading(Self.staffDocument),
            needs: .permission(.readDocuments, of: Self.anyDocument), "One document with its versions."),
        .patch(
            "/api/staff/documents/{document_id}/", .transactional(Self.changeDocument),
            needs: .permission(.writeDocuments, of: Self.changedDocument), refuses: [DocumentRefusal.self],
            "Changes title, description or folder; shows the newest version to the client, or hides the document."),
        .delete(
            "/api/staff/documents/{document_id}/", .transactional(Self.deleteDocument),
            needs: .permission(.writeDocuments, of: Self.anyDocument), refuses: [DocumentRefusal.self],
            "Deletes a document with its versions and links; not under legal hold."),
        .get(
            "/api/staff/documents/{document_id}/download/", .asynchronous(Self.staffDownload),
            needs: .permission(.readDocuments, of: Self.askedDocument), "A version's bytes; parts of it by Range."),
        .post(
            "/api/staff/documents/{document_id}/versions/", .receivingForm(Self.addVersion),
            needs: .permission(.writeDocuments, of: Self.anyDocument), refuses: [DocumentRefusal.self],
            notTransactionalBecause: streamed, "A new version; the client goes on seeing the one that was shown."),
        .get(
            "/api/staff/cases/{case_id}/folders/", .reading(Self.folders),
            needs: .permission(.readDocuments, of: Self.caseSubject), "The folders of a case."),
    ]

    /// Who may read the files of documents by the files' own ids: the staff. Clients read what is shown to them, by their
    /// documents.
    static let documentFiles = FileAccess<Self>.attached(
        to: LegalFile.kind, readBy: .readDocuments, changedBy: .writeDocuments
    ) { _ in
        { (id: String, tx: borrowing ReadTransaction) throws -> Subject? in
            try Int(id).flatMap { id in try tx.subject(ofDocument: id) }
        }
    }

    func anyDocument(_ named: DocumentNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofDocument: named.id)
    }

    func askedDocument(_ asked: DocumentVersionAsked, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofDocument: asked.id)
    }

    /// A document that its client sees.
    func shownDocument(_ named: DocumentNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let shown: Int? = try tx.value(
            "SELECT 1 FROM legalcases_document WHERE id = \(named.id) AND shown_version IS NOT NULL")
        return shown == nil ? nil : try tx.subject(ofDocument: named.id)
    }
}

extension Reading where Self: ~Copyable {
    /// What deciding who may see a document needs.
    borrowing func subject(ofDocument id: Int) throws -> Subject? {
        guard let matter: Int = try value("SELECT matter_id FROM legalcases_document WHERE id = \(id)"),
            let found = try self.matter(matter)
        else { return nil }
        return found.subject("document", id)
    }
}
