import Crypto
import Database
import FoundationEssentials
import PluginAPI
import Testing

@testable import Host

@Suite struct `The master key of the operator` {
    private static func options(_ folder: TenantFolder) -> HostOptions {
        HostOptions(tenants: folder.path + "/tenants", data: folder.path)
    }

    @Test func `is read from its file`() throws {
        let folder = try TenantFolder()
        let bytes = Random.bytes(32)
        try folder.write("keys", file: "master.key", Base64.encode(bytes) + "\n")
        var options = Self.options(folder)
        options.masterKeyFile = folder.path + "/keys/master.key"
        #expect(try MasterKey.load(options).fingerprint == MasterKey(SecretBytes(bytes)).fingerprint)
    }

    @Test(arguments: ["", "short", Base64.encode([UInt8](repeating: 1, count: 16))])
    func `is refused with the name of its file`(_ text: String) throws {
        let folder = try TenantFolder()
        try folder.write("keys", file: "master.key", text)
        var options = Self.options(folder)
        options.masterKeyFile = folder.path + "/keys/master.key"
        let failure = #expect(throws: StartFailure.self) { try MasterKey.load(options) }
        #expect(failure?.description.contains("/keys/master.key") == true)
    }

    @Test func `must exist where it is said to be`() throws {
        let folder = try TenantFolder()
        var options = Self.options(folder)
        options.masterKeyFile = folder.path + "/nothing"
        #expect(throws: StartFailure.self) { try MasterKey.load(options) }
    }

    @Test func `is made once for the demo, for this user alone`() throws {
        let folder = try TenantFolder()
        var options = Self.options(folder)
        options.isDemo = true
        let first = try MasterKey.load(options)
        #expect(try MasterKey.load(options).fingerprint == first.fingerprint)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/master.key")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}

@Suite struct `The start` {
    /// What a host is made from, with a master key and one empty tenant.
    private static func withOptions(_ body: (HostOptions) async throws -> Void) async throws {
        let (tenants, data) = (try TenantFolder(), try TenantFolder())
        try tenants.write("home", #"{ "name": "Home", "plugins": {} }"#)
        try data.write("keys", file: "master.key", Base64.encode(Random.bytes(32)))
        var options = HostOptions(tenants: tenants.path, data: data.path + "/data")
        options.masterKeyFile = data.path + "/keys/master.key"
        options.loops = 1
        options.port = 0
        options.logLevel = .error
        try await body(options)
        // Both folders live until here.
        _ = (tenants, data)
    }

    @Test(arguments: ["0.0.0.0", "::", "192.0.2.1"])
    func `of the demo is refused on an address that others reach`(_ address: String) async throws {
        try await Self.withOptions { options async throws in
            var options = options
            options.isDemo = true
            options.host = address
            let failure = await #expect(throws: StartFailure.self) {
                _ = try await Composition(plugins: [], options: options)
            }
            #expect(failure?.description.contains(address) == true)
        }
    }

    @Test(arguments: ["proxy.example", "10.0.0.1/8", "10.0.0.0/33", ""])
    func `is refused with a proxy that is no address`(_ proxy: String) async throws {
        try await Self.withOptions { options async throws in
            var options = options
            options.trustedProxies = ["10.0.0.0/8", proxy]
            let failure = await #expect(throws: StartFailure.self) {
                _ = try await Composition(plugins: [], options: options)
            }
            #expect(failure?.description.contains("--trusted-proxy \(proxy)") == true)
        }
    }

    @Test func `is refused with plugins that do not stand together`() async throws {
        try await Self.withOptions { options async throws in
            let failure = await #expect(throws: PluginSet.Misdeclared.self) {
                _ = try await Composition(plugins: [Chores.self, Chores.self], options: options)
            }
            #expect(failure?.description.contains("two plugins have the id chores") == true)
        }
    }

    @Test func `ends in a host that is ready, reloads and stops`() async throws {
        try await Self.withOptions { options async throws in
            let host = try await Host(plugins: [Chores.self], options: options)
            let client = WebClient(port: try #require(try await host.start().first))
            #expect(try await client.send("GET", "/ready", host: "home.localhost", [], nil).status == 200)
            #expect(try await client.send("GET", "/", host: "home.localhost", [], nil).text.contains("Home"))
            await host.reload()
            #expect(try await client.send("GET", "/", host: "home.localhost", [], nil).status == 200)
            await host.stop()
            await #expect(throws: (any Error).self) {
                _ = try await client.send("GET", "/ready", host: "home.localhost", [], nil)
            }
        }
    }

    @Test func `does what the process before it left undone`() async throws {
        try await Self.withOptions { options async throws in
            let clock = MovableClock()
            var options = options
            options.clock = clock
            let tenant = #"{ "name": "Home", "plugins": { "chores": {} } }"#
            try Data(tenant.utf8).write(to: URL(filePath: options.tenants + "/home/tenant.json"))
            let first = try await Composition(plugins: [Chores.self], options: options)
            let runtime = try await first.tenants.open(named: "home")
            let (plugin, owner, now) = (runtime.definitions[0], runtime.owners[0], clock.now)
            try await runtime.database.write(as: owner) { session in
                let origin = Origin(plugin: plugin.id, requestID: "", now: now)
                let backend = PluginWriteBackend(session, owner: owner, plugin: plugin, origin: origin)
                try Transaction(backend: backend, now: now).schedule(
                    Chores.work, at: now + .seconds(60), key: "wash", Chore(name: "wash", failures: 0))
            }
            await first.engine.close()
            clock.advance(by: .seconds(60))
            // Every tenant is closed; the due index alone says whom to open.
            let second = try await Composition(plugins: [Chores.self], options: options)
            await second.scheduler.runDue()
            let again = try await second.tenants.open(named: "home")
            let runs = try await again.database.write(as: again.owners[0]) {
                try $0.values("SELECT kind || ' ' || name FROM chores_run ORDER BY number", as: String.self)
            }
            #expect(runs == ["job wash", "heard wash"])
            await second.engine.close()
        }
    }
}
