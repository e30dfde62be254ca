internal import PluginAPI

/// What goes by itself: documents and tasks of cases that were closed long ago, and what erasures have left behind.
extension LegalCases {
    static let documentJobs: [Job<Self>] = [
        Job(markHeldFiles, Self.markHeld), Job(trimMore, Self.trimAgain),
        Job("trim-documents", repeating: { _ in .daily(at: .midnight, in: .utc) }, Self.trim),
    ]

    static let trimMore = JobName<Nothing>("trim-documents-more")

    func trim(_ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    func trimAgain(_ nothing: Nothing, _ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    private func trimSome(_ tx: borrowing Transaction) throws {
        let most = 200
        var deleted = 0
        if settings.documentRetentionYears > 0 {
            let today = Zone.utc.day(at: tx.now)
            let end = Zone.utc.startOfDay(today.adding(years: -settings.documentRetentionYears)).microseconds
            // What is held is left out here too, or it would stand in front of the others for ever.
            let unheld: SQL = """
                NOT EXISTS (SELECT 1 FROM legalcases_hold h WHERE h.released_at IS NULL AND h.matter_id = m.id
                    AND h.document_id IS NULL)
                """
            deleted = try tx.run(
                """
                DELETE FROM legalcases_document WHERE id IN (
                    SELECT d.id FROM legalcases_matter m JOIN legalcases_document d ON d.matter_id = m.id
                    WHERE m.closed_at < \(end) AND \(unheld) AND NOT EXISTS (
                        SELECT 1 FROM legalcases_hold h WHERE h.released_at IS NULL AND h.document_id = d.id)
                    LIMIT \(most))
                """)
            deleted += try tx.run(
                """
                DELETE FROM legalcases_task WHERE id IN (
                    SELECT t.id FROM legalcases_matter m JOIN legalcases_task t ON t.matter_id = m.id
                    WHERE m.closed_at < \(end) AND \(unheld) LIMIT \(most))
                """)
        }
        let hasMore = try tx.removeGone(most)
        if hasMore || deleted >= most { try tx.schedule(Self.trimMore, at: tx.now, key: "", Nothing()) }
    }
}

extension PersonalData {
    /// What documents hold of people. A client's own go with the client; what is held stays, and nothing of it is lost.
    static let documents: [PersonalData] = [
        PersonalData(
            table: "legalcases_client_document", person: "client_id",
            exported: ["id", "matter_id", "title", "description", "folder", "created_at"],
            erasure: .keep(because: "They go with their table's rows.")),
        // Of drafts that a client does not see no more than that they are there (GDPR art. 15(4)).
        PersonalData(
            table: "legalcases_document", person: "client_id", exported: ["id", "matter_id", "created_at"],
            erasure: .delete),
        PersonalData(
            table: "legalcases_document_version", person: "uploaded_by",
            exported: ["document_id", "version", "name", "size", "sha256", "created_at"],
            erasure: .keep(because: "A firm must be able to say who brought a document; a client's own go with them.")),
        PersonalData(
            table: "legalcases_hold", person: "placed_by", exported: ["id", "matter_id", "document_id", "placed_at"],
            erasure: .keep(because: "A firm must be able to say who placed a legal hold.")),
        PersonalData(
            table: "legalcases_hold", person: "released_by",
            exported: ["id", "matter_id", "document_id", "released_at"],
            erasure: .keep(because: "A firm must be able to say who ended a legal hold.")),
        PersonalData(
            table: "legalcases_share", person: "created_by",
            exported: ["document_id", "version", "recipient", "created_at", "expires_at"],
            erasure: .keep(because: "A firm must be able to say who gave a document away.")),
    ]
}
