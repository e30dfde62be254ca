internal import PluginAPI

/// The input of `PATCH /api/staff/documents/{document_id}/`.
struct DocumentChange: Described {
    let id: Int
    let title: Change<String>
    let description: Change<String>
    let folder: Change<String>
    let visibleToClient: Change<Bool>

    static let schema = Schema<DocumentChange>.object(
        DocumentChange.init(id:title:description:folder:visibleToClient:),
        Field("document_id", \.id, .number, in: .path), Field("title", \.title, .change(DocumentFields.title)),
        Field("description", \.description, .change(DocumentFields.description)),
        Field("folder", \.folder, .change(DocumentFields.folder)),
        Field(
            "visible_to_client", \.visibleToClient, .change(.bool),
            note: "true shows the newest version, false shows none any more"))
}

extension LegalCases {
    func changedDocument(_ change: DocumentChange, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.subject(ofDocument: change.id)
    }

    /// `PATCH /api/staff/documents/{document_id}/`
    func changeDocument(_ change: DocumentChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> StaffDocument
    {
        guard let row = try tx.document(change.id), let matter = try tx.matter(row.matter) else {
            throw Problem.notFound
        }
        if case .clear = change.title { throw Problem.invalid("title", .missing, "must not be empty") }
        if case .clear = change.visibleToClient {
            throw Problem.invalid("visible_to_client", .type, "must be true or false")
        }
        let title = change.title.applied(to: row.title) ?? row.title
        let description = change.description.applied(to: row.description) ?? ""
        let folder = change.folder.applied(to: row.folder) ?? ""
        if title != row.title || description != row.description || folder != row.folder {
            try tx.run(
                """
                UPDATE legalcases_document SET title = \(title), description = \(description), folder = \(folder),
                    updated_at = \(tx.now.microseconds) WHERE id = \(row.id)
                """)
            try tx.reindex(row.id)
        }
        if case .set(let isShown) = change.visibleToClient, row.shown != (isShown ? row.newest : nil) {
            try tx.show(isShown, document: row.id)
        }
        guard let changed = try tx.document(row.id) else { throw Problem.fault }
        if changed.updatedAt != row.updatedAt || changed.shown != row.shown || changed.title != row.title
            || changed.description != row.description || changed.folder != row.folder
        {
            try announceChanged(changed, from: row, of: matter, tx)
        }
        return try tx.staffDocument(row.id)
    }

    /// `DELETE /api/staff/documents/{document_id}/`
    func deleteDocument(_ named: DocumentNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard let row = try tx.document(named.id), let matter = try tx.matter(row.matter) else {
            throw Problem.notFound
        }
        guard try tx.delete(document: row.id) else {
            throw DocumentRefusal.held.problem.audited("document.deleted", on: matter.subject("document", row.id))
        }
        try announceDeleted(row, of: matter, tx)
        return NoContent()
    }
}
