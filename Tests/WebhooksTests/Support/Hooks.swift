import PluginTestKit
import Testing

/// A portal with somebody who may manage webhooks.
struct Hooks {
    let portal: Portal
    let admin: Caller
    static let path = "/_portico/v1/webhooks"

    /// Makes a webhook.
    func add(_ endpoint: String, _ events: JSON = ["note.created"], secret: String? = nil) async throws -> JSON {
        var asked: JSON.Members = ["endpoint": .string(endpoint), "events": events]
        if let secret { asked["secret"] = .string(secret) }
        let answer = await portal.send("POST", Self.path, .object(asked), as: admin)
        try #require(answer.status == 201, "\(answer.text)")
        return answer.body
    }

    func note(_ id: Int, _ text: String = "hello") async {
        let answer = await portal.send("POST", "/notes", ["id": .integer(Int64(id)), "text": .string(text)], as: admin)
        #expect(answer.status == 201, "\(answer.text)")
    }

    func get(_ path: String) async -> JSON { await portal.send("GET", Self.path + path, as: admin).body }

    func deliveries(_ webhook: JSON) async -> [JSON] {
        await get("/\(webhook["id"]?.string ?? "")/deliveries?limit=100")["data"]?.elements ?? []
    }

    /// Does what is due until something is so.
    func until(_ condition: () async throws -> Bool) async rethrows {
        while try await !condition() {
            await portal.work()
            try? await Task.sleep(for: .milliseconds(2))
        }
    }
}

func withHooks(
    tenant: JSON = [:], allowsPrivateTargets: Bool = true, _ body: (Hooks) async throws -> Void
) async throws {
    try await withPlugin(
        Notes.self, tenants: ["test", "other"], tenant: tenant, allowsPrivateTargets: allowsPrivateTargets
    ) { portal in
        let admin = try await portal.person(email: "owner@example.com", roles: ["admin"])
        try await body(Hooks(portal: portal, admin: .person(admin)))
    }
}
