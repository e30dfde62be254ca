import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Signing in by phone` {
    @Test func `takes the texted code and gives the customer`() async throws {
        try await withPlugin(Appointments.self) { portal in
            let id = try await portal.person(givenName: "Amelia", phone: "+15550100001", roles: ["customer"])
            let asked = await portal.send("POST", "/customer/auth", ["phone": "+15550100001"])
            #expect(asked.status == 202)
            await portal.work()
            let code = try #require(try await portal.outbox.code(to: "+15550100001"))
            let proven = await portal.send("POST", "/customer/auth/verify", ["phone": "+15550100001", "code": .string(code)])
            #expect(proven.status == 200)
            #expect(proven.body["customer"]?["firstName"] == "Amelia")
            #expect(proven.body["customer"]?["phone"] == "+15550100001")
            let token = try #require(proven.body["accessToken"]?.string)
            let profile = await portal.send("GET", "/api/customer/profile", as: .bearer(token))
            #expect(profile.status == 200)
            #expect(profile.body["firstName"] == "Amelia")
            #expect(try await portal.audit.contains { $0.action == "session.started" && $0.person == id })
            #expect(portal.faults == [])
        }
    }
}
