import PluginAPI

/// The files below a tenant's `templates` or `content`, in folders named after plugins, as they are. Waits for the disk, so not on an event loop.
struct TemplateFiles {
    struct Entry {
        let plugin: String
        let name: String
        let bytes: [UInt8]
    }

    /// In the order of plugins and names.
    private(set) var entries: [Entry] = []
    /// What could not be read.
    private(set) var findings: [Finding] = []

    /// Files of a tenant.
    static let limit = 1000
    /// Bytes of one file.
    static let fileLimit = 64 * 1024
    /// Bytes of all.
    static let totalLimit = 2 << 20

    /// What the files are and how they are named, for findings.
    private let kind: Kind

    enum Kind: String {
        case templates = "templates/<plugin>/<notice>.<channel>.<language>.txt"
        case content = "content/<plugin>/<name>.md"
    }

    /// - Parameter folder: the tenant's `templates` or `content`; none at all is no mistake.
    init(_ folder: String, _ kind: Kind = .templates) {
        self.kind = kind
        guard let plugins = names(folder, isOptional: true) else { return }
        var total = 0
        for plugin in plugins {
            for name in names("\(folder)/\(plugin)", isOptional: false) ?? [] {
                if kind == .content, name == PictureFiles.folder { continue }
                let path = "\(folder)/\(plugin)/\(name)"
                guard entries.count < Self.limit, total <= Self.totalLimit else {
                    findings.append(
                        Finding(
                            .mistake, file: folder,
                            "has more than \(Self.limit) files or \(Self.totalLimit) bytes: \(kind.rawValue)"))
                    return
                }
                do throws(FileFault) {
                    let bytes = try Files.contents(path, limit: Self.fileLimit)
                    total += bytes.count
                    entries.append(Entry(plugin: plugin, name: name, bytes: bytes))
                } catch { findings.append(Finding(.mistake, file: path, error.reason)) }
            }
        }
    }

    private mutating func names(_ folder: String, isOptional: Bool) -> [String]? {
        do throws(FileFault) { return try Files.names(inDirectory: folder, limit: Self.limit).sorted() } catch {
            if !isOptional || error.kind != .missing {
                findings.append(
                    Finding(
                        .mistake, file: folder,
                        error.kind == .notAFolder
                            ? "must be a folder: \(kind.rawValue)" : error.reason))
            }
            return nil
        }
    }

    /// Everything that decides what the templates are, to be compared with another time.
    var content: [UInt8] {
        entries.reduce(into: []) { $0 += Array("\n\($1.plugin)/\($1.name) \($1.bytes.count)\n".utf8) + $1.bytes }
    }
}
