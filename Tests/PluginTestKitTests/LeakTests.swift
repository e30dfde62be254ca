import PluginAPI
import Testing

@testable import PluginTestKit

@Suite struct `A plugin that leaks` {
    @Test func `is found out by conformance, each leak by name`() async throws {
        let findings = await conformance(of: Leaky.self) { portal in
            let first = Caller.person(try await portal.person(email: "first@a.example", roles: ["customer"]))
            let second = Caller.person(try await portal.person(email: "second@a.example", roles: ["customer"]))
            let drawer = await portal.send("POST", "/drawers", as: first)
            await portal.send("POST", "/drawers", as: second)
            let path = "/drawers/\(drawer.body["text"]?.string ?? "")"
            // Each looks fine to who tries it with one person.
            #expect(await portal.send("GET", path, as: second).status == 200)
            #expect(await portal.send("GET", path + "/label", as: first).status == 200)
        }
        let expected = [
            "GET /drawers/{id}/label: another person's object gets 404, not 200",
            "GET /drawers/{id}/label: another tenant's object gets 404, not 200",
            "GET /drawers: answered 500; the log says",
            "GET /drawers/mine: answered 500; the log says",
            "GET /drawers/1/key: answered 500; the log says",
        ]
        for finding in expected {
            #expect(findings.contains { $0.hasPrefix(finding) }, "\(finding) in \(findings)")
        }
    }

    @Test func `gets no answer out whose handler did not ask who its caller is`() async throws {
        try await withPlugin(Leaky.self) { portal in
            let customer = Caller.person(try await portal.person(email: "a@a.example", roles: ["customer"]))
            for path in ["/drawers", "/drawers/mine", "/drawers/1/key"] {
                #expect(await portal.send("GET", path, as: customer).status == 500, "\(path)")
            }
        }
    }
}
