import PluginAPI
import Testing

@testable import SalesTasks

@Suite struct `The manifest` {
    @Test func `has no faults`() {
        #expect(SalesTasks.manifest.faults == [])
    }

    @Test func `has every endpoint of seed 004`() {
        let routes = Set(
            SalesTasks.manifest.routes.map { "\($0.declaration.method.rawValue) \($0.declaration.path)" })
        for path in [
            "POST /admin/tasks/add-tasks", "GET /admin/dashboard/metrics", "GET /representative/{salesId}/tasks",
            "POST /representative/call-completion",
        ] { #expect(routes.contains(path), "\(path)") }
        let steps = SalesTasks.manifest.signIns.flatMap { $0.declaration.paths.map(\.path) }
        for path in ["/admin/login", "/user/login", "/user/refresh", "/user/logout", "/admin/refresh", "/admin/logout"]
        {
            #expect(steps.contains(path))
        }
        #expect(
            SalesTasks.manifest.live == [
                .signedInSocket("/ws/representative-updates", subprotocol: "customer-service-portal")
            ])
        #expect(SalesTasks.manifest.limits == [RateLimit(per: .person, [.init(300, each: .seconds(60))])])
    }

    @Test func `gives roles to no session made by a texted code`() {
        for role in Role.callCentre { #expect(role.needs == .passwordOrFederated) }
    }

    @Test func `checks calling hours and zones by prefix`() throws {
        func mistakes(_ text: String) throws -> [String] {
            let document = try JSONDocument(Array(text.utf8))
            return SalesTasks.check(try Settings.schema.decode(.json(document.root))).map(\.field)
        }
        #expect(try mistakes("{}") == [])
        #expect(try mistakes(#"{"callingOpens": "12:00", "callingCloses": "12:00"}"#) == ["callingCloses"])
        #expect(try mistakes(#"{"callingZones": {"49": "Europe/Berlin"}}"#) == ["callingZones.49"])
        #expect(try mistakes(#"{"callingZones": {"+1312": "America/Chicago"}}"#) == [])
    }
}
