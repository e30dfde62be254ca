internal import PluginAPI

/// What a client brings.
struct BroughtDocument: Described {
    let matter: Int
    let title: String
    let description: String
    let folder: String
    let file: Upload

    static let schema = Schema<BroughtDocument>.object(
        BroughtDocument.init(matter:title:description:folder:file:), Field("case", \.matter, .number, in: .form),
        Field("title", \.title, .string(0...300), in: .form, default: "", note: "The file's name without it"),
        Field("description", \.description, DocumentFields.description, in: .form, default: ""),
        Field("folder", \.folder, DocumentFields.folder, in: .form, default: ""),
        Field(
            "file", \.file, .file(upTo: Route<LegalCases>.largestFile), in: .form,
            note: "How large it may be is the portal's"))
}

/// What the staff add.
struct AddedDocument: Described {
    let matter: Int
    let title: String
    let description: String
    let folder: String
    let visibleToClient: Bool
    let file: Upload

    static let schema = Schema<AddedDocument>.object(
        AddedDocument.init(matter:title:description:folder:visibleToClient:file:),
        Field("case", \.matter, .number, in: .form),
        Field("title", \.title, .string(0...300), in: .form, default: "", note: "The file's name without it"),
        Field("description", \.description, DocumentFields.description, in: .form, default: ""),
        Field("folder", \.folder, DocumentFields.folder, in: .form, default: ""),
        Field("visible_to_client", \.visibleToClient, .bool, in: .form, default: true),
        Field(
            "file", \.file, .file(upTo: Route<LegalCases>.largestFile), in: .form,
            note: "How large it may be is the portal's"))
}

/// A new version.
struct BroughtVersion: Described {
    let file: Upload
    static let schema = Schema<BroughtVersion>.object(
        BroughtVersion.init(file:),
        Field(
            "file", \.file, .file(upTo: Route<LegalCases>.largestFile), in: .form,
            note: "How large it may be is the portal's"))
}
