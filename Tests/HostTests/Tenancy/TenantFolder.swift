import FoundationEssentials
import PluginAPI

@testable import Host

/// A folder of tenants of one test's own, gone with it.
final class TenantFolder {
    let path: String

    init() throws {
        // Foundation flushes every file it writes to the disk; in memory that costs nothing.
        let memory = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let parent = memory ? "/dev/shm" : FileManager.default.temporaryDirectory.path
        path = parent + "/portico-tenants-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes `<folder>/<slug>/tenant.json`.
    func write(_ slug: String, _ text: String) throws { try write(slug, file: "tenant.json", text) }

    func write(_ slug: String, file: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(slug)", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(slug)/\(file)"))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func source(allowsUnknownPlugins: Bool = false, ports: [UInt16: String] = [:]) -> TenantDirectory.Source {
        TenantDirectory.Source(
            folder: path, baseDomain: "Portal.example",
            reader: TenantReader(
                catalogue: PluginCatalogue([VisitsPlugin.self]), allowsUnknownPlugins: allowsUnknownPlugins),
            ports: ports)
    }

    func read() throws -> TenantDirectory { try TenantDirectory(reading: source()) }

    /// What findings say, without this folder's own name.
    func texts(_ directory: TenantDirectory) -> [String] {
        directory.findings.map { String($0.description.dropFirst(path.count + 1)) }
    }
}

/// A plugin with settings of every kind that matters here.
struct VisitsPlugin: Plugin {
    struct Settings: Described {
        var codeLength: Int
        var opens: Int
        var closes: Int
        var token: Secret?

        static let schema = Schema.object(
            Self.init(codeLength:opens:closes:token:),
            Field("codeLength", \.codeLength, .int(4...8), default: 6),
            Field("opens", \.opens, .int(0...23), default: 8),
            Field("closes", \.closes, .int(1...24), default: 18),
            .leftOutWhenNil("token", \.token, .optional(Secret.schema)))
    }

    static let manifest = Manifest<Self>(
        id: "visits", summary: "Visits for tests.", dialect: .clinic, prefixes: ["/visits"], routes: [])

    init(settings: Settings, services: Services) {}

    static func check(_ settings: Settings) -> [Mistake] {
        settings.closes > settings.opens
            ? [] : [Mistake(field: "closes", .range, "must be later than opens, \(settings.opens)")]
    }
}
