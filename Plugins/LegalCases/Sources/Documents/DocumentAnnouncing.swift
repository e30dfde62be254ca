internal import PluginAPI

/// What goes with every change of a document, in its transaction: an event, an audit entry, messages to the other side.
extension LegalCases {
    /// A document, or its new version, has come.
    ///
    /// - Parameter isTold: whether the other side gets a message of it.
    func announceUploaded(
        _ row: DocumentRow, of matter: Matter, by person: PersonID?, isTold: Bool = true, _ tx: borrowing Transaction
    ) throws(StoreError) {
        let isVisible = row.shown == row.newest
        try tx.publish(
            DocumentUploaded(
                documentID: row.id, caseID: matter.id, version: row.newest,
                uploadedBy: try person.flatMap { person throws(StoreError) in try tx.number(of: person) },
                visibleToClient: isVisible),
            about: matter.subject("document", row.id), to: Self.audience(matter, withClient: isVisible))
        try tx.audit(
            AuditEntry(
                "document.uploaded", on: matter.subject("document", row.id),
                details: [
                    "case": .integer(Int64(matter.id)), "version": .integer(Int64(row.newest)),
                    "sha256": .string(row.version.sha256), "visibleToClient": .bool(isVisible),
                ]))
        guard isTold else { return }
        if row.origin == .client, person == matter.client {
            for member in Self.others(matter.team, than: person) {
                try tx.notify(
                    Notice(.documentReceived, to: member, about: matter.subject("document", row.id), row.words))
            }
        } else if isVisible {
            try tellClient(.documentAdded, row, of: matter, tx)
        }
    }

    func announceChanged(
        _ row: DocumentRow, from old: DocumentRow, of matter: Matter, _ tx: borrowing Transaction
    ) throws(StoreError) {
        let isVisible = row.shown == row.newest
        try tx.publish(
            DocumentChanged(documentID: row.id, caseID: matter.id, visibleToClient: isVisible),
            about: matter.subject("document", row.id),
            to: Self.audience(matter, withClient: row.shown != nil || old.shown != nil))
        try tx.audit(
            AuditEntry(
                "document.changed", on: matter.subject("document", row.id), before: old.facts, after: row.facts))
        if isVisible, old.shown != row.shown { try tellClient(.documentAdded, row, of: matter, tx) }
    }

    func announceDeleted(_ row: DocumentRow, of matter: Matter, _ tx: borrowing Transaction) throws(StoreError) {
        try tx.publish(
            DocumentDeleted(documentID: row.id, caseID: matter.id), about: matter.subject("document", row.id),
            to: Self.audience(matter, withClient: row.shown != nil))
        try tx.audit(
            AuditEntry(
                "document.deleted", on: matter.subject("document", row.id), before: row.facts, after: .null))
    }

    private func tellClient(_ type: NoticeType, _ row: DocumentRow, of matter: Matter, _ tx: borrowing Transaction)
        throws(StoreError)
    {
        guard let client = matter.client else { return }
        try tx.notify(Notice(type, to: client, about: matter.subject("document", row.id), row.words))
    }
}

extension DocumentRow {
    /// For messages.
    fileprivate var words: [String: String] { ["document": title, "case": matterTitle] }

    /// For the audit log.
    fileprivate var facts: JSON {
        [
            "title": .string(title), "description": .string(description), "folder": .string(folder),
            "version": .integer(Int64(newest)), "clientVersion": shown.map { .integer(Int64($0)) } ?? .null,
        ]
    }
}

/// The messages about documents.
extension NoticeType {
    static let documents = [documentAdded, documentReceived]

    static let documentAdded = NoticeType(
        "document-added", "A document was added to one's case, or shown there.", category: .documents,
        channels: [.email, .push, .sms, .whatsapp], placeholders: ["document", "case"],
        texts: [
            "en": Text(
                subject: "New document uploaded", body: "A new document '{document}' has been uploaded to your case"),
            "de": Text(
                subject: "Neues Dokument", body: "Zu Ihrem Fall gibt es ein neues Dokument: „{document}“"),
        ])

    static let documentReceived = NoticeType(
        "document-received", "A client has uploaded a document.", category: .documents,
        channels: [.email, .push], placeholders: ["document", "case"],
        texts: [
            "en": Text(
                subject: "New document uploaded", body: "The client has uploaded '{document}' to the case {case}"),
            "de": Text(
                subject: "Neues Dokument", body: "Der Mandant hat „{document}“ zum Fall {case} hochgeladen"),
        ])
}
