import Crypto
import FoundationEssentials
import HTTPServer
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `A running host` {
    private static let threads = WorkerPool(name: "control", threads: 4, queueLimit: 64, perKeyLimit: 64)

    private func send(_ request: ControlRequest, _ data: String) async throws -> ControlAnswer? {
        try await Self.threads.run { try Control.send(request, data: data) }
    }

    private func withHost(_ body: (Host, HostOptions, WebClient) async throws -> Void) async throws {
        let (tenants, data) = (try TenantFolder(), try TenantFolder())
        try tenants.write("home", #"{ "name": "Home", "plugins": {} }"#)
        try data.write("keys", file: "master.key", Base64.encode(Random.bytes(32)))
        // Longer than a socket's address may be.
        let deep = data.path + "/" + String(repeating: "long/", count: 20) + "data"
        var options = HostOptions(tenants: tenants.path, data: deep)
        options.masterKeyFile = data.path + "/keys/master.key"
        options.loops = 1
        options.port = 0
        options.logLevel = .error
        let host = try await Host(plugins: [], options: options)
        let client = WebClient(port: try #require(try await host.start().first))
        let result: Result<Void, any Error>
        do { result = .success(try await body(host, options, client)) } catch { result = .failure(error) }
        await host.stop()
        #expect(try await send(.reload, deep) == nil, "nobody hears commands any more")
        #expect(!FileManager.default.fileExists(atPath: deep + "/control.sock"))
        _ = (tenants, data)
        try result.get()
    }

    @Test func `reads the tenants again when it is told to, and says what came of it`() async throws {
        try await withHost { host, options, client in
            let mode = try FileManager.default.attributesOfItem(atPath: options.data + "/control.sock")
            #expect(mode[.posixPermissions] as? Int == 0o600)
            try Data(#"{ "name": "Changed", "plugins": {} }"#.utf8)
                .write(to: URL(filePath: options.tenants + "/home/tenant.json"))
            let answer = try #require(try await send(.reload, options.data))
            #expect(answer == ControlAnswer("0 added, 1 changed, 0 removed, 0 broken"))
            #expect(try await client.send("GET", "/", host: "home.localhost", [], nil).text.contains("Changed"))
            try Data(#"{ "nam": "Broken" }"#.utf8).write(to: URL(filePath: options.tenants + "/home/tenant.json"))
            let broken = try #require(try await send(.reload, options.data))
            #expect(broken.status == 1 && broken.text.hasPrefix("0 added, 0 changed, 0 removed, 1 broken\n"))
            #expect(broken.text.contains("#/nam"))
        }
    }

    @Test func `gives a tenant another signing key, which the key set shows beside the old one`() async throws {
        try await withHost { host, options, client in
            func kids() async throws -> [String] {
                let set = try await client.send("GET", "/.well-known/jwks.json", host: "home.localhost", [], nil)
                guard case .array(let keys)? = set.json["keys"] else { return [] }
                return keys.compactMap { $0["kid"]?.string }
            }
            let first = try #require(try await send(.rotateSigningKey(tenant: "home"), options.data))
            #expect(first.status == 0)
            let one = try await kids()
            let kid = try #require(one.first)
            #expect(one.count == 1 && first.text.contains(kid))
            #expect(try await send(.rotateSigningKey(tenant: "home"), options.data)?.status == 0)
            let two = try await kids()
            #expect(two.count == 2 && two.contains(kid))
            let unknown = try await send(.rotateSigningKey(tenant: "nobody"), options.data)
            #expect(unknown == ControlAnswer("there is no tenant nobody", status: 1))
        }
    }

    @Test func `hears several commands at once, and answers nonsense`() async throws {
        try await withHost { host, options, client in
            let answers = try await withThrowingTaskGroup(of: ControlAnswer?.self) { group in
                for _ in 0..<4 { group.addTask { try await send(.reload, options.data) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 4 && answers.allSatisfy { $0?.status == 0 })
            for nonsense in ["", "{}", "reload", #"{"command":"fly"}"#, String(repeating: "x", count: 10_000)] {
                let line = try await Self.threads.run { () throws -> [UInt8]? in
                    let connection = try LocalConnection.connect(to: options.data + "/control.sock")
                    connection?.writeLine(Array(nonsense.utf8))
                    return connection?.readLine(limit: 1000)
                }
                let answer = line.flatMap { ControlAnswer(line: $0) }
                #expect(
                    answer == ControlAnswer("this host does not know the command", status: 1), "\(nonsense.prefix(20))")
            }
            #expect(try await send(.reload, options.data)?.status == 0)
        }
    }

    @Test func `that ended badly is followed by one that listens in its place`() async throws {
        let folder = try TenantFolder()
        let path = folder.path + "/control.sock"
        try Data("left behind".utf8).write(to: URL(filePath: path))
        let listener = try LocalListener(path: path)
        let asked = try await Self.threads.run { () throws -> Bool in
            let connection = try LocalConnection.connect(to: path)
            return connection?.writeLine([1]) == true
        }
        #expect(asked)
        #expect(try await Self.threads.run { listener.accept()?.readLine(limit: 1) } == [1])
        async let waiting = Self.threads.run { listener.accept() == nil }
        listener.close()
        #expect(try await waiting, "closing wakes who waits")
        #expect(try await Self.threads.run { try LocalConnection.connect(to: path) == nil })
    }
}

@Suite struct `A command's line` {
    @Test func `is read as it was written`() {
        for request in [ControlRequest.reload, .rotateSigningKey(tenant: "lumen")] {
            #expect(ControlRequest(line: request.line) == request)
        }
        #expect(ControlRequest(line: Array(#"{"command":"key rotate"}"#.utf8)) == nil)
        let answer = ControlAnswer("two\nlines", status: 1)
        #expect(ControlAnswer(line: answer.line) == answer && !answer.line.contains(10))
    }
}
