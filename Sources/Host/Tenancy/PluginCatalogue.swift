import PluginAPI

/// The plugins of this build, without their types, as far as configuration needs to know them.
struct PluginCatalogue: Sendable {
    /// In the order of the build's list.
    let kinds: [PluginKind]
    private let byID: [String: Int]

    init(_ plugins: [any Plugin.Type]) {
        kinds = plugins.map { PluginKind($0) }
        // Manifests with one id are refused at start; until then the first counts.
        byID = Dictionary(kinds.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Their ids, in order.
    var ids: [String] { kinds.map(\.id) }

    /// The plugin of this id; nil when it is not in this build.
    subscript(id: String) -> PluginKind? { byID[id].map { kinds[$0] } }
}

/// One plugin of this build.
struct PluginKind: Sendable {
    let id: String
    /// One sentence.
    let summary: String
    let dialect: Dialect
    /// The kinds of messages it sends.
    let notices: [NoticeType]
    /// What its settings may be.
    let settingsDocument: JSONSchema
    /// What is wrong with a text of a tenant's folder.
    let checkContent: @Sendable (ContentFile) -> [ContentFile.Fault]
    private let read: @Sendable (JSONCursor, [Mistake.Step]) throws(Invalid) -> JSON

    init<P: Plugin>(_ plugin: P.Type) {
        id = P.manifest.id
        summary = P.manifest.summary
        dialect = P.manifest.dialect
        notices = P.manifest.notices
        settingsDocument = P.Settings.schema.document
        checkContent = { P.check($0) }
        read = { value, path throws(Invalid) in
            let settings = try P.Settings.schema.decode(.json(value), at: path)
            let mistakes = P.check(settings)
            guard mistakes.isEmpty else {
                throw Invalid(
                    mistakes.map { mistake in
                        Mistake(
                            path + mistake.path, Mistake.Code(rawValue: mistake.code), mistake.message,
                            offset: value.at(mistake.path)?.offset)
                    })
            }
            return JSON(P.Settings.schema, settings)
        }
    }

    /// Settings as written, with defaults filled in.
    ///
    /// - Parameter path: where the settings stand; the mistakes name places below it.
    /// - Throws: ``Invalid`` with every mistake.
    func settings(_ value: JSONCursor, at path: [Mistake.Step] = []) throws(Invalid) -> JSON { try read(value, path) }

    /// Every mistake in settings as written.
    func checkSettings(_ value: JSONCursor, at path: [Mistake.Step] = []) -> [Mistake] {
        do throws(Invalid) {
            _ = try read(value, path)
            return []
        } catch { return error.mistakes }
    }
}
