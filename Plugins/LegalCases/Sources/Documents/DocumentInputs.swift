internal import PluginAPI

/// Why something is not done with a document.
enum DocumentRefusal: Refusal {
    case held, caseClosed, notOwn, empty

    var problem: Problem {
        switch self {
        case .held: .conflict("LEGAL_HOLD", "The document is under legal hold and cannot be deleted.")
        case .caseClosed: .conflict("CASE_CLOSED", "The case is closed and takes nothing new.")
        case .notOwn: .conflict("NOT_YOUR_DOCUMENT", "Only documents that you brought get new versions from you.")
        case .empty: .invalid("file", .missing, "must not be empty")
        }
    }
}

/// One document.
struct DocumentNamed: Described {
    let id: Int
    static let schema = Schema<DocumentNamed>.object(
        DocumentNamed.init(id:), Field("document_id", \.id, .number, in: .path))
}

/// One version of a document.
struct DocumentVersionAsked: Described {
    let id: Int
    let version: Int?

    static let schema = Schema<DocumentVersionAsked>.object(
        DocumentVersionAsked.init(id:version:), Field("document_id", \.id, .number, in: .path),
        Field(
            "version", \.version, .optional(DocumentFields.version), in: .query, note: "The newest without it"))
}
