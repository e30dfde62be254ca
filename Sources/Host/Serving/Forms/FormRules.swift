import HTTPServer
import PluginAPI

/// What a route's form may hold.
struct FormRules: Sendable {
    /// What file fields take, and how many files.
    let files: [String: (rule: FileRule, most: Int)]
    /// Bytes of one file in this tenant, where that is less than the field's own limit.
    let fileLimit: Int
    let parts = MultipartLimits()
    /// Bytes of one text; objects and lists may be JSON text.
    let textLimit = 256 * 1024
    /// Bytes of all texts, and of files that nobody asked for.
    let textsLimit = 1 << 20

    init(_ route: RouteDeclaration, fileLimit: Int?) {
        var files: [String: (rule: FileRule, most: Int)] = [:]
        for field in route.fields { files[field.name] = field.files }
        self.files = files
        self.fileLimit = fileLimit ?? .max
    }

    /// Bytes of one file in a field.
    func limit(of field: String) -> Int { min(files[field]?.rule.limit ?? 0, fileLimit) }
}
