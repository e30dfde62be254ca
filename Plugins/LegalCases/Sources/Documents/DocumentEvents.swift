internal import PluginAPI

/// A document, or a new version of one, was uploaded.
struct DocumentUploaded: Event {
    static let name = "legal-cases.document-uploaded"
    let documentID: Int
    let caseID: Int
    let version: Int
    let uploadedBy: Int?
    let visibleToClient: Bool

    static let schema = Schema<DocumentUploaded>.object(
        DocumentUploaded.init(documentID:caseID:version:uploadedBy:visibleToClient:),
        Field("document_id", \.documentID, .number), Field("case_id", \.caseID, .number),
        Field("version", \.version, .number),
        Field("uploaded_by_id", \.uploadedBy, .optional(.number)),
        Field("visible_to_client", \.visibleToClient, .bool))
}

/// What is known of a document was changed, or whether its client sees it.
struct DocumentChanged: Event {
    static let name = "legal-cases.document-changed"
    let documentID: Int
    let caseID: Int
    let visibleToClient: Bool

    static let schema = Schema<DocumentChanged>.object(
        DocumentChanged.init(documentID:caseID:visibleToClient:), Field("document_id", \.documentID, .number),
        Field("case_id", \.caseID, .number), Field("visible_to_client", \.visibleToClient, .bool))
}

/// A document is gone.
struct DocumentDeleted: Event {
    static let name = "legal-cases.document-deleted"
    let documentID: Int
    let caseID: Int

    static let schema = Schema<DocumentDeleted>.object(
        DocumentDeleted.init(documentID:caseID:), Field("document_id", \.documentID, .number),
        Field("case_id", \.caseID, .number))
}

extension LegalCases {
    static let documentEvents: [EventDeclaration] = [
        .event(DocumentUploaded.self), .event(DocumentChanged.self), .event(DocumentDeleted.self),
    ]

    static let documentTopic = Topic<Self>(
        "documents", "Documents of the cases one works on, or of one's own.",
        [
            .event("document_uploaded", Self.uploadedFacts), .event("document_updated", Self.changedFacts),
            .event("document_deleted", Self.deletedFacts),
        ])

    static let documentWebhooks: [WebhookEvent<Self>] = [
        .event("document.uploaded", "A document, or a new version of one, was uploaded.", Self.uploadedFacts),
        .event("document.updated", "A document, or whether its client sees it, was changed.", Self.changedFacts),
        .event("document.deleted", "A document was deleted.", Self.deletedFacts),
    ]

    private func uploadedFacts(_ event: DocumentUploaded) -> DocumentUploaded? { event }
    private func changedFacts(_ event: DocumentChanged) -> DocumentChanged? { event }
    private func deletedFacts(_ event: DocumentDeleted) -> DocumentDeleted? { event }
}
