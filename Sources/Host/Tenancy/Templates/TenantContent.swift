import PluginAPI

/// The texts that a tenant keeps for its plugins: `content/<plugin>/<name>` in its folder. Waits for the disk, so not on an
/// event loop.
enum TenantContent {
    /// What is wrong with them.
    static func findings(_ files: TemplateFiles, in folder: String, _ reader: TenantReader) -> [Finding] {
        var pictures: [String: Set<String>] = [:]
        for plugin in Set(files.entries.map(\.plugin)) {
            pictures[plugin] = PictureFiles.names(of: plugin, in: folder)
        }
        return files.findings
            + files.entries.flatMap { entry -> [Finding] in
                let path = "\(folder)/\(entry.plugin)/\(entry.name)"
                guard let text = String(validating: entry.bytes, as: UTF8.self) else {
                    return [Finding(.mistake, file: path, "is not UTF-8 text")]
                }
                guard let plugin = reader.catalogue[entry.plugin] else {
                    if reader.allowsUnknownPlugins { return [] }
                    return [Finding(.mistake, file: path, "\(entry.plugin) is not a plugin of this build")]
                }
                let file = ContentFile(name: entry.name, text: text, pictures: pictures[entry.plugin] ?? [])
                return plugin.checkContent(file).map { fault in
                    Finding(.mistake, file: path, fault.line.map { "line \($0): \(fault.message)" } ?? fault.message)
                }
            }
    }

    /// The texts for one plugin in the folder of a tenant, by name; what is no text is left out.
    static func files(of plugin: String, in folder: String) -> [ContentFile] {
        let texts = TemplateFiles("\(folder)/content", .content).entries.filter { $0.plugin == plugin }
        guard !texts.isEmpty else { return [] }
        let pictures = PictureFiles.names(of: plugin, in: "\(folder)/content")
        return texts.compactMap { entry in
            String(validating: entry.bytes, as: UTF8.self).map {
                ContentFile(name: entry.name, text: $0, pictures: pictures)
            }
        }
    }
}
