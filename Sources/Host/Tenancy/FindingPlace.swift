import PluginAPI

/// Where in a tenant's file something stands that was found elsewhere. Such findings are rare, so the file is read again.
struct FindingPlace {
    private let path: String
    private let document: JSONDocument?

    init(_ slug: String, in directory: TenantDirectory) {
        path = directory.folder(of: slug) + "/tenant.json"
        document = (try? Files.contents(path, limit: TenantDirectory.fileLimit)).flatMap {
            try? JSONDocument($0, dialect: .commented)
        }
    }

    /// A finding about the setting of these names.
    func finding(_ weight: Finding.Weight, _ names: [String], _ message: String) -> Finding {
        guard let document else { return Finding(weight, file: path, message) }
        let steps = names.map { Mistake.Step.name($0) }
        return Finding(
            weight, file: path,
            Mistake(steps, .notAllowed, message, offset: document.root.at(steps)?.offset), in: document)
    }
}
