import PluginAPI

/// The pictures below a tenant's `content`, in folders `<plugin>/images`. Waits for the disk, so not on an event loop.
struct PictureFiles {
    /// What the folder is called beside a plugin's texts.
    static let folder = "images"
    /// Pictures of one plugin.
    static let limit = 500
    /// Bytes of one.
    static let fileLimit = 1 << 20
    private static let allowed = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
    ]

    /// What is wrong with them.
    private(set) var findings: [Finding] = []
    /// Which there are, to be compared with another time; what is in one may change without a reload.
    private(set) var content: [UInt8] = []

    /// - Parameter content: the tenant's `content`; none at all is no mistake.
    init(_ content: String) {
        guard let plugins = try? Files.names(inDirectory: content, limit: TemplateFiles.limit) else { return }
        for plugin in plugins.sorted() {
            let folder = "\(content)/\(plugin)/\(Self.folder)"
            do throws(FileFault) {
                let names = try Files.names(inDirectory: folder, limit: Self.limit).sorted()
                self.content += Array("\n\(plugin) \(names.joined(separator: " "))\n".utf8)
                for name in names {
                    if let fault = Self.fault(name, in: folder) {
                        findings.append(Finding(.mistake, file: "\(folder)/\(name)", fault))
                    }
                }
            } catch {
                if error.kind != .missing { findings.append(Finding(.mistake, file: folder, error.reason)) }
            }
        }
    }

    /// The names of a plugin's pictures.
    static func names(of plugin: String, in content: String) -> Set<String> {
        Set((try? Files.names(inDirectory: "\(content)/\(plugin)/\(folder)", limit: limit)) ?? [])
    }

    /// A picture in a plugin's folder of them; nil when there is none of that name that is allowed.
    static func picture(_ name: String, in folder: String) -> ContentPicture? {
        guard isName(name), let bytes = try? Files.contents("\(folder)/\(name)", limit: fileLimit),
            let type = Signatures.type(of: bytes), allowed[FileName.ending(of: name)] == type
        else { return nil }
        return ContentPicture(mediaType: type, bytes: bytes)
    }

    /// What is wrong with a picture.
    private static func fault(_ name: String, in folder: String) -> String? {
        guard isName(name) else {
            return "must be named with letters, digits, - and _, and end in .png, .jpg, .jpeg or .webp; "
                + "SVG is not served, since it can carry scripts"
        }
        do throws(FileFault) {
            let type = Signatures.type(of: try Files.contents("\(folder)/\(name)", limit: fileLimit))
            return allowed[FileName.ending(of: name)] == type
                ? nil : "is not what its name says: \(type ?? "no picture")"
        } catch { return error.reason }
    }

    /// Whether a name leads nowhere else: one point, before its ending, and no slash.
    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...100).contains(parts[0].utf8.count), allowed[String(parts[1])] != nil else {
            return false
        }
        return parts[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
