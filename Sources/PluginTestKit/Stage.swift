import Host
import PluginAPI
import Synchronization

/// What one `withPlugin` sets up and takes down: a folder, a clock, the host, and the tokens of its callers.
final class Stage: Sendable {
    let host: TestHost
    let clock: TestClock
    let transport: Transport
    let plugins: [PluginFacts]
    private let folder: TemporaryFolder
    private let tokens = Mutex<[Holder: Token]>([:])
    private let kept = Mutex<[Exchange]>([])
    private let failed = Mutex<(any Error)?>(nil)

    /// So many requests are remembered.
    private static let most = 10_000

    /// Whose token, and where.
    struct Holder: Hashable {
        let caller: Caller
        let tenant: String
        let plugin: String
    }

    struct Token {
        let text: String
        let expiresAt: Instant
    }

    init(
        _ plugins: [any Plugin.Type], settings: [String: JSON], tenants: [String], tenant: JSON,
        files: [String: String] = [:], over transport: Transport, at start: Instant, rateLimitScale: Int = 1,
        allowsPrivateTargets: Bool = false
    ) async throws {
        self.plugins = plugins.map { PluginFacts($0) }
        clock = TestClock(start)
        self.transport = transport
        folder = try TemporaryFolder()
        do {
            let file = Self.file(self.plugins, settings, tenant)
            for slug in tenants {
                try folder.write(file.text, to: "tenants/\(slug)/tenant.json")
                for (path, text) in files { try folder.write(text, to: "tenants/\(slug)/\(path)") }
            }
            // Any 32 bytes will do.
            try folder.write("cG9ydGljbyB0ZXN0IGtpdCBtYXN0ZXIga2V5IDMyYiE=", to: "master.key")
            var options = HostOptions(tenants: folder.path + "/tenants", data: folder.path + "/data")
            options.masterKeyFile = folder.path + "/master.key"
            options.clock = clock
            options.rateLimitScale = rateLimitScale
            options.allowsPrivateTargets = allowsPrivateTargets
            host = try await TestHost(plugins: plugins, options: options)
        } catch {
            folder.remove()
            throw error
        }
    }

    func close() async {
        await host.stop()
        folder.remove()
    }

    /// What stands in every tenant's `tenant.json`.
    private static func file(_ plugins: [PluginFacts], _ settings: [String: JSON], _ more: JSON) -> JSON {
        var enabled = JSON.Members()
        for plugin in plugins { enabled[plugin.id] = settings[plugin.id] ?? [:] }
        var channels = JSON.Members()
        for channel in Channel.allCases { channels[channel.rawValue] = ["driver": "capture"] }
        let basis: JSON = [
            "name": "Test Portal", "zone": "Europe/Berlin", "language": "en", "channels": .object(channels),
            "plugins": .object(enabled),
        ]
        return basis.merged(with: more)
    }

    /// The requests so far with their answers.
    var exchanges: [Exchange] { kept.withLock { $0 } }

    func keep(_ exchange: Exchange) {
        kept.withLock { if $0.count < Self.most { $0.append(exchange) } }
    }

    /// The first thing that went wrong where a test cannot be told at once.
    var failure: (any Error)? { failed.withLock { $0 } }

    func fail(_ error: any Error) { failed.withLock { $0 = $0 ?? error } }

    /// A token that is still good, or a new one.
    func token(of holder: Holder, _ make: () async throws -> Token) async rethrows -> String {
        let now = clock.now
        if let known = tokens.withLock({ $0[holder] }), now < known.expiresAt { return known.text }
        let token = try await make()
        tokens.withLock { $0[holder] = token }
        return token.text
    }
}

/// One request with its answer.
struct Exchange: Sendable {
    let method: String
    /// With its query.
    let path: String
    let tenant: String
    let caller: Caller
    let answer: Answer
}
