import Crypto
import Database
import HTTPServer
import PluginAPI
import Testing
import Workers

@testable import Host

/// A whole host on loopback, with fixture plugins, a clock that the test sets and a log that it can read.
struct Portal {
    let folder: TenantFolder
    let parts: Composition
    let pipeline: Pipeline
    let log: RecordingLog
    let clock: MovableClock
    let client: WebClient

    /// Sends a request to a tenant.
    func send(
        _ method: String, _ path: String, _ fields: [String] = [], body: String? = nil, tenant: String = "desk"
    ) async throws -> WebAnswer {
        let json = body != nil && !fields.contains { $0.hasPrefix("content-type:") }
        return try await client.send(
            method, path, host: "\(tenant).localhost", fields + (json ? ["content-type: application/json"] : []),
            body.map { Array($0.utf8) })
    }

    func get(_ path: String, _ fields: [String] = [], tenant: String = "desk") async throws -> WebAnswer {
        try await send("GET", path, fields, tenant: tenant)
    }

    func post(_ path: String, _ body: String, _ fields: [String] = []) async throws -> WebAnswer {
        try await send("POST", path, fields, body: body)
    }

    /// Signs somebody in by phone and gives the field that proves it.
    func signIn(_ phone: String = "+15550100001", at word: String = "clinic") async throws -> String {
        let asked = try await post("/\(word)/auth", #"{"phone":"\#(phone)"}"#)
        #expect(asked.status == 202)
        await parts.scheduler.runDue()
        let runtime = try await parts.tenants.open(named: "desk")
        let messages = try await runtime.database.write(as: .host) {
            try CaptureDriver.messages(channel: "sms", to: phone, HostWriter($0))
        }
        let message = try #require(messages.first)
        let numbers: [Substring] = message.body.split(whereSeparator: { !$0.isNumber })
        let code = String(try #require(numbers.first(where: { $0.count == 6 })))
        let answer = try await post("/\(word)/auth/verify", #"{"phone":"\#(phone)","code":"\#(code)"}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let name = SignInNames(Dialect(rawValue: word) ?? .clinic).accessToken
        return "authorization: Bearer \(try #require(answer.data[name]?.string))"
    }

    /// A tenant's file with every desk enabled.
    static let tenant = """
        {
          "name": "The Desk", "registration": "open", "languages": ["en", "de"],
          "cors": { "origins": ["https://app.example"] }, "channels": { "sms": { "driver": "capture" } },
          "plugins": {
            "desk-envelope": {}, "desk-clinic": {}, "desk-bare": {}, "desk-status": {}, "desk-problem": {}
          }
        }
        """
}

extension WebAnswer {
    /// What the dialect wraps, or the whole where it wraps nothing.
    var data: JSON { json["data"] ?? json }
}

extension JSON {
    var string: String? { if case .string(let text) = self { text } else { nil } }
}

/// Serves tenants, by default one with every desk, for as long as the closure runs. With `hostRoutes`, those stand in place
/// of the host's own.
func withPortal(
    _ plugins: [any Plugin.Type] = desks, tenants: [String: String] = ["desk": Portal.tenant],
    hostRoutes: [HostRoute]? = nil, prepare: (TenantFolder) throws -> Void = { _ in },
    _ body: (Portal) async throws -> Void
) async throws {
    let folder = try TenantFolder()
    for (slug, text) in tenants { try folder.write(slug, text) }
    try prepare(folder)
    let keys = try TenantFolder()
    try keys.write("key", file: "master.key", Base64.encode(Random.bytes(32)))
    let clock = MovableClock()
    var options = HostOptions(tenants: folder.path, data: keys.path + "/data")
    options.masterKeyFile = keys.path + "/key/master.key"
    options.loops = 1
    options.clock = clock
    options.logLevel = .error
    let parts = try await Composition(plugins: plugins, options: options, seams: Seams(passwordCost: 4))
    let log = RecordingLog(level: .info)
    let own = try hostRoutes.map {
        try PluginSet(parts.pipeline.plugins.definitions, hostRoutes: $0, table: parts.pipeline.limits)
    }
    let pipeline = Pipeline(
        plugins: own ?? parts.pipeline.plugins, tenants: parts.tenants, limits: parts.pipeline.limits, clock: clock,
        log: log,
        uploads: parts.pipeline.uploads, loops: 1)
    pipeline.setReady(true)
    var configuration = ServerConfiguration()
    configuration.loops = 1
    let server = try Server(configuration: configuration, responder: pipeline)
    let port = try #require(try server.start().first).address.port
    let portal = Portal(
        folder: folder, parts: parts, pipeline: pipeline, log: log, clock: clock, client: WebClient(port: port))
    let result: Result<Void, any Error>
    do { result = .success(try await body(portal)) } catch { result = .failure(error) }
    await server.drain()
    await parts.engine.close()
    for pool in parts.pools { await pool.close() }
    _ = keys
    try result.get()
}
