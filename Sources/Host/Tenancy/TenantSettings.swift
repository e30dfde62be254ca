import PluginAPI

/// What holds for a tenant: its file, with the overlay laid over it, checked as a whole, and where each value is from.
struct TenantSettings: Sendable {
    /// Where a value is from.
    enum Source: String, Sendable { case file, overlay, `default` }

    /// One value of the settings.
    struct Entry: Sendable, Equatable {
        let path: SettingsPath
        let value: JSON
        let source: Source
    }

    /// The settings.
    let values: TenantFile
    /// The same as a tree, with every default, the plugins' included. Secrets are references.
    let tree: JSON
    private let written: JSON
    private let patch: JSON

    /// - Parameters:
    ///   - content: the file, as the directory keeps it.
    ///   - overlay: what it says about locked paths has no effect.
    /// - Throws: ``Invalid`` with every mistake of the whole; their paths are those of the settings.
    init(content: [UInt8], overlay: SettingsOverlay = .empty, reader: TenantReader) throws(Invalid) {
        let document = try Self.document(content)
        let file = reader.read(document.root)
        guard let locks = file.file else { throw Invalid(file.mistakes) }
        written = document.root.tree
        patch = overlay.allowed(by: locks).patch
        if patch.members?.list.isEmpty == true {
            values = locks
            tree = try Self.filled(locks, document.root, reader.catalogue)
            return
        }
        let whole = try Self.document(Array(written.merged(with: patch).text.utf8))
        let reading = reader.read(whole.root)
        guard let values = reading.file else {
            // Offsets into a text that nobody wrote would only mislead.
            throw Invalid(reading.mistakes.map { Mistake($0.path, Mistake.Code(rawValue: $0.code), $0.message) })
        }
        self.values = values
        tree = try Self.filled(values, whole.root, reader.catalogue)
    }

    /// The settings of an enabled plugin, for its schema to read; nil when it is not enabled.
    func document(ofPlugin id: String) -> JSONDocument? {
        tree["plugins"]?[id].flatMap { try? JSONDocument(Array($0.text.utf8)) }
    }

    /// Where the value of a setting is from.
    func source(of path: SettingsPath) -> Source {
        if Self.reaches(path, patch) { return .overlay }
        return Self.reaches(path, written) ? .file : .default
    }

    /// Every setting with its value and where that is from; lists and secrets are one setting each.
    var entries: [Entry] {
        var entries: [Entry] = []
        collect(tree, [], &entries)
        return entries
    }

    private func collect(_ value: JSON, _ names: [String], _ entries: inout [Entry]) {
        if let members = value.members?.list, !members.isEmpty, !members.contains(where: { $0.name.hasPrefix("$") }) {
            for (name, value) in members { collect(value, names + [name], &entries) }
        } else if !names.isEmpty {
            let path = SettingsPath(names)
            entries.append(Entry(path: path, value: value, source: source(of: path)))
        }
    }

    /// Whether a tree says something about a path: has a value there, or at a place above that is no object.
    private static func reaches(_ path: SettingsPath, _ tree: JSON) -> Bool {
        var here = tree
        for name in path.names {
            guard let members = here.members else { return true }
            guard let value = members[name] else { return false }
            here = value
        }
        return true
    }

    private static func filled(
        _ values: TenantFile, _ root: JSONCursor, _ catalogue: PluginCatalogue
    ) throws(Invalid) -> JSON {
        guard case .object(var members) = JSON(TenantFile.schema, values) else { return [:] }
        var plugins = JSON.Members()
        for id in values.plugins.keys.sorted() {
            guard let settings = root.at([.name("plugins"), .name(id)]) else { continue }
            plugins[id] = try catalogue[id]?.settings(settings, at: [.name("plugins"), .name(id)]) ?? settings.tree
        }
        members["plugins"] = .object(plugins)
        return .object(members)
    }

    private static func document(_ text: [UInt8]) throws(Invalid) -> JSONDocument {
        do throws(JSONSyntaxError) { return try JSONDocument(text, dialect: .commented) } catch {
            throw Invalid([Mistake([], .format, error.message)])
        }
    }
}
