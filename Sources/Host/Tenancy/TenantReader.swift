import PluginAPI

/// Reads tenant.json against the plugins of this build and finds everything wrong with it.
struct TenantReader: Sendable {
    let catalogue: PluginCatalogue
    /// True in the demo: a plugin that is not in this build is worth a notice and nothing more.
    let allowsUnknownPlugins: Bool

    init(catalogue: PluginCatalogue, allowsUnknownPlugins: Bool = false) {
        self.catalogue = catalogue
        self.allowsUnknownPlugins = allowsUnknownPlugins
        document = TenantFile.document(catalogue, anyPlugin: allowsUnknownPlugins)
    }

    private let document: JSONSchema

    /// What came of reading.
    struct Reading: Sendable {
        /// Nil when there are mistakes.
        var file: TenantFile?
        /// Every mistake, in no order.
        var mistakes: [Mistake] = []
        /// What the operator should know but need not mend.
        var notices: [Mistake] = []
    }

    /// Reads a whole file.
    func read(_ root: JSONCursor) -> Reading {
        var reading = Reading()
        do throws(Invalid) { reading.file = try TenantFile.schema.decode(.json(root)) } catch {
            reading.mistakes = error.mistakes
        }
        checkPlugins(root, &reading)
        reading.mistakes += languageMistakes(root) + domainMistakes(root) + lifetimeMistakes(root) + lockMistakes(root)
        reading.mistakes += certificateMistakes(root)
        if !reading.mistakes.isEmpty { reading.file = nil }
        return reading
    }

    private func checkPlugins(_ root: JSONCursor, _ reading: inout Reading) {
        var found = Reading()
        root.member("plugins")?.forEachMember { id, settings in
            let path: [Mistake.Step] = [.name("plugins"), .name(id)]
            if let kind = catalogue[id] {
                // What is no object the file's own schema has refused.
                if settings.kind == .object { found.mistakes += kind.checkSettings(settings, at: path) }
            } else if allowsUnknownPlugins {
                let message = "the plugin \(id) is not in this build; its paths answer 404"
                found.notices.append(Mistake(path, .notAllowed, message, offset: settings.offset))
            } else {
                let ids = catalogue.ids.isEmpty ? "no plugin" : "one of \(catalogue.ids.joined(separator: ", "))"
                found.mistakes.append(
                    Mistake(path, .notAllowed, "is not a plugin of this build; must be \(ids)", offset: settings.offset)
                )
            }
        }
        reading.mistakes += found.mistakes
        reading.notices += found.notices
    }

    // What follows reads the fields it compares one by one, so that a mistake elsewhere does not hide these.

    private func languageMistakes(_ root: JSONCursor) -> [Mistake] {
        guard let offered = part(root, ["languages"], .list(Language.schema)) else { return [] }
        var mistakes = repeated(offered, "languages", root)
        let main = root.member("language") == nil ? .english : part(root, ["language"], Language.schema)
        if let main, !offered.contains(main) {
            let message = "must be one of languages: \(offered.map(\.tag).joined(separator: ", "))"
            mistakes.append(mistake(at: [.name("language")], message, root))
        }
        return mistakes
    }

    private func domainMistakes(_ root: JSONCursor) -> [Mistake] {
        part(root, ["domains"], .list(HostName.schema)).map { repeated($0, "domains", root) } ?? []
    }

    private func lifetimeMistakes(_ root: JSONCursor) -> [Mistake] {
        guard let access = part(root, ["auth", "accessTokenTtlSeconds"], .int(AuthSettings.accessRange)),
            let refresh = part(root, ["auth", "refreshTokenTtlSeconds"], .int(AuthSettings.refreshRange)),
            refresh <= access
        else { return [] }
        let path: [Mistake.Step] = [.name("auth"), .name("refreshTokenTtlSeconds")]
        return [mistake(at: path, "must be more than accessTokenTtlSeconds, \(access)", root)]
    }

    private func certificateMistakes(_ root: JSONCursor) -> [Mistake] {
        guard let tls = root.member("tls") else { return [] }
        return [("certificate", "key"), ("key", "certificate")].compactMap { name, other in
            guard tls.member(name) != nil, tls.member(other) == nil else { return nil }
            return Mistake(
                [.name("tls"), .name(other)], .missing, "is required where \(name) is given", offset: nil)
        }
    }

    private func lockMistakes(_ root: JSONCursor) -> [Mistake] {
        guard let locked = part(root, ["locked"], .list(SettingsPath.schema)) else { return [] }
        let unknown = locked.enumerated().filter { !$1.exists(in: document) }.map { index, _ in
            mistake(at: [.name("locked"), .index(index)], "must be the path of a setting that exists", root)
        }
        return repeated(locked, "locked", root) + unknown
    }

    private func repeated<Value: Hashable>(_ values: [Value], _ name: String, _ root: JSONCursor) -> [Mistake] {
        var seen: Set<Value> = []
        return values.enumerated().filter { !seen.insert($1).inserted }.map { index, _ in
            mistake(at: [.name(name), .index(index)], "must be listed only once", root)
        }
    }

    private func part<Value: Sendable>(_ root: JSONCursor, _ names: [String], _ schema: Schema<Value>) -> Value? {
        root.at(names.map { Mistake.Step.name($0) }).flatMap { try? schema.decode(.json($0)) }
    }

    private func mistake(at path: [Mistake.Step], _ message: String, _ root: JSONCursor) -> Mistake {
        Mistake(path, .notAllowed, message, offset: root.at(path)?.offset)
    }
}
