import PluginAPI

/// One walk through the folder of tenants.
struct TenantScan {
    let source: TenantDirectory.Source
    /// What was known before, by slug.
    let before: [String: TenantEntry]
    private(set) var tenants: [TenantEntry] = []
    private(set) var findings: [Finding] = []
    private(set) var reload = TenantReload()
    private var seen: Set<String> = []

    init(source: TenantDirectory.Source, before: [String: TenantEntry]) {
        self.source = source
        self.before = before
    }

    /// Reads the tenant in the folder of this name; plain files are none of its business.
    mutating func visit(_ name: String) {
        let path = "\(source.folder)/\(name)/tenant.json"
        let bytes: [UInt8]
        do throws(FileFault) {
            bytes = try Files.contents(path, limit: TenantDirectory.fileLimit)
        } catch {
            if error.kind == .notAFolder { return }
            guard Slug.isValid(name) else { return refuse(name) }
            return keep(name, [Finding(.mistake, file: path, error.kind == .missing ? "is missing" : error.reason)])
        }
        guard Slug.isValid(name) else { return refuse(name) }
        let words = TemplateFiles("\(source.folder)/\(name)/templates")
        let texts = TemplateFiles("\(source.folder)/\(name)/content", .content)
        let pictures = PictureFiles("\(source.folder)/\(name)/content")
        let fingerprint = Fingerprint(bytes + words.content + texts.content + pictures.content)
        if let known = before[name], known.fingerprint == fingerprint,
            [words.findings, texts.findings, pictures.findings].allSatisfy(\.isEmpty)
        {
            seen.insert(name)
            tenants.append(known)
            reload.unchanged.append(name)
            return
        }
        let document: JSONDocument
        do throws(JSONSyntaxError) { document = try JSONDocument(bytes, dialect: .commented) } catch {
            return keep(name, [Finding(file: path, error)])
        }
        let reading = source.reader.read(document.root)
        findings += reading.notices.map { Finding(.notice, file: path, $0, in: document) }
        let written = TemplateReader(words, in: "\(source.folder)/\(name)/templates", source.reader)
        let mistakes =
            written.findings.filter { $0.weight == .mistake }
            + TenantContent.findings(texts, in: "\(source.folder)/\(name)/content", source.reader) + pictures.findings
        findings += written.findings.filter { $0.weight == .notice }
        guard let file = reading.file, mistakes.isEmpty else {
            return keep(name, reading.mistakes.map { Finding(.mistake, file: path, $0, in: document) } + mistakes)
        }
        seen.insert(name)
        tenants.append(
            TenantEntry(
                slug: name, domains: file.domains.map(\.text), state: file.state, certificate: file.tls.source,
                content: Array(document.root.tree.text.utf8), templates: written.templates, fingerprint: fingerprint))
        if before[name] == nil { reload.added.append(name) } else { reload.changed.append(name) }
    }

    /// Notes the tenants whose folders were not met.
    mutating func findRemoved() { reload.removed = before.keys.filter { !seen.contains($0) }.sorted() }

    private mutating func keep(_ slug: String, _ mistakes: [Finding]) {
        findings += mistakes
        reload.broken.append(slug)
        seen.insert(slug)
        if let known = before[slug] { tenants.append(known) }
    }

    private mutating func refuse(_ name: String) {
        findings.append(
            Finding(.mistake, file: "\(source.folder)/\(name)", "a tenant's folder must be named with \(Slug.allowed)"))
    }
}
