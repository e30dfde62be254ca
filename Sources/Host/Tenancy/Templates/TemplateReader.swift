import PluginAPI

/// Makes templates of files, and finds everything wrong with them.
struct TemplateReader {
    private let folder: String
    private let catalogue: PluginCatalogue
    private let allowsUnknownPlugins: Bool
    private(set) var texts: [TenantTemplates.Key: TenantTemplates.Text] = [:]
    private(set) var findings: [Finding] = []

    /// - Parameter folder: where the files are, for the findings.
    init(_ files: TemplateFiles, in folder: String, _ reader: TenantReader) {
        self.folder = folder
        catalogue = reader.catalogue
        allowsUnknownPlugins = reader.allowsUnknownPlugins
        findings = files.findings
        for entry in files.entries { read(entry) }
    }

    var templates: TenantTemplates { TenantTemplates(texts: texts) }

    private mutating func read(_ entry: TemplateFiles.Entry) {
        let path = "\(folder)/\(entry.plugin)/\(entry.name)"
        guard let notices = notices(of: entry.plugin, path) else { return }
        guard let (notice, channel, language, isHTML) = named(entry.name, notices, path) else { return }
        guard let text = String(validating: entry.bytes, as: UTF8.self), !text.unicodeScalars.contains("\0") else {
            return mistake(path, "is not UTF-8 text")
        }
        let known = notice.placeholders + TenantTemplates.shared
        for name in Set(Placeholders.names(in: text)).sorted() where !known.contains(name) {
            let message =
                "the placeholder {\(name)} is not one of \(known.map { "{\($0)}" }.joined(separator: ", "))"
            for range in text.ranges(of: "{\(name)}") { mistake(path, message, text, range.lowerBound) }
        }
        if isHTML, let script = text.lowercased().firstRange(of: "<script") {
            mistake(path, "a mail cannot hold a script", text.lowercased(), script.lowerBound)
        }
        let key = TenantTemplates.Key(
            plugin: entry.plugin, notice: notice.name, channel: channel, language: language.tag.lowercased())
        if isHTML { texts[key, default: .init()].html = text } else { put(text, key, path) }
    }

    /// The first line of a text for a channel with subjects may be `Subject: …`.
    private mutating func put(_ text: String, _ key: TenantTemplates.Key, _ path: String) {
        let whole = text.replacing("\r\n", with: "\n")
        var body = whole[...]
        if key.channel == .email || key.channel == .push, whole.hasPrefix("Subject:") {
            let line = whole.prefix { $0 != "\n" }
            let subject = line.dropFirst(8).split(separator: " ").joined(separator: " ")
            if subject.isEmpty { return mistake(path, "the subject must not be empty", text, text.startIndex) }
            texts[key, default: .init()].subject = subject
            body = whole[line.endIndex...].drop { $0 == "\n" }
        }
        while body.last?.isWhitespace == true { body.removeLast() }
        guard !body.isEmpty else { return mistake(path, "must say something") }
        texts[key, default: .init()].body = String(body)
    }

    private mutating func notices(of plugin: String, _ path: String) -> [NoticeType]? {
        if plugin == PrivateNotice.plugin { return [PrivateNotice.type] }
        if let kind = catalogue[plugin] { return kind.notices }
        if allowsUnknownPlugins {
            findings.append(Finding(.notice, file: path, "the plugin \(plugin) is not in this build"))
        } else {
            mistake(path, "\(plugin) is not a plugin of this build")
        }
        return nil
    }

    /// What a file's name says.
    private mutating func named(
        _ name: String, _ notices: [NoticeType], _ path: String
    ) -> (NoticeType, Channel, Language, isHTML: Bool)? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[3] == "txt" || parts[3] == "html" else {
            mistake(path, "must be named <notice>.<channel>.<language>.txt or .html")
            return nil
        }
        guard let notice = notices.first(where: { $0.name == parts[0] }) else {
            let names = notices.map(\.name).sorted().joined(separator: ", ")
            mistake(path, "\(parts[0]) is no notice; must be \(names.isEmpty ? "none" : "one of \(names)")")
            return nil
        }
        guard let channel = notice.channels.first(where: { $0.rawValue == parts[1] }) else {
            let names = notice.channels.map(\.rawValue).joined(separator: ", ")
            mistake(path, "\(notice.name) goes by \(names), not by \(parts[1])")
            return nil
        }
        guard let language = Language(parts[2]) else {
            mistake(path, "\(parts[2]) is no language tag such as en or pt-BR")
            return nil
        }
        let isHTML = parts[3] == "html"
        if isHTML, channel != .email {
            mistake(path, "only mail can be HTML")
            return nil
        }
        return (notice, channel, language, isHTML)
    }

    private mutating func mistake(_ path: String, _ message: String) {
        findings.append(Finding(.mistake, file: path, message))
    }

    private mutating func mistake(_ path: String, _ message: String, _ text: String, _ place: String.Index) {
        findings.append(Finding(file: path, message, in: text, at: place))
    }
}
