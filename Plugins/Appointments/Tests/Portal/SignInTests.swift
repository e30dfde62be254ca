import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Signing in by phone` {
    @Test(arguments: [Transport.process, .socket])
    func `takes the texted code and gives the customer`(over transport: Transport) async throws {
        try await withPlugin(Appointments.self, over: transport) { portal in
            let id = try await portal.person(givenName: "Amelia", phone: "+15550100001", roles: ["customer"])
            let proven = try await portal.signIn(phone: "+15550100001")
            #expect(proven.status == 200)
            #expect(proven.body["customer"]?["firstName"] == "Amelia")
            #expect(proven.body["customer"]?["phone"] == "+15550100001")
            let token = try #require(proven.body["accessToken"]?.string)
            let profile = await portal.send("GET", "/api/customer/profile", as: .bearer(token))
            #expect(profile.status == 200)
            #expect(profile.body == proven.body["customer"])
            #expect(await portal.audit.contains { $0.action == "session.started" && $0.person == id })
            #expect(portal.faults == [])
        }
    }

    @Test func `gives nothing for a wrong code`() async throws {
        try await withPlugin(Appointments.self) { portal in
            _ = try await portal.person(phone: "+15550100001", roles: ["customer"])
            await portal.send("POST", "/customer/auth", ["phone": "+15550100001"])
            await portal.work()
            let code = try #require(await portal.outbox.code(to: "+15550100001"))
            let wrong = code == "000000" ? "000001" : "000000"
            let answer = await portal.send(
                "POST", "/customer/auth/verify", ["phone": "+15550100001", "code": .string(wrong)])
            #expect(answer.status == 401)
            #expect(answer.body["accessToken"] == nil)
        }
    }

    @Test func `answers the same for a phone nobody has, and sends it nothing`() async throws {
        try await withPlugin(Appointments.self) { portal in
            let answer = await portal.send("POST", "/customer/auth", ["phone": "+15550100099"])
            #expect(answer.status == 202)
            await portal.work()
            let messages = await portal.outbox.messages
            #expect(messages.isEmpty)
        }
    }

    @Test func `makes a customer of a new phone where registration is open`() async throws {
        try await withPlugin(Appointments.self, tenant: ["registration": "open"]) { portal in
            let proven = try await portal.signIn(phone: "+15550100099")
            #expect(proven.status == 200)
            #expect(proven.body["customer"]?["id"]?.string?.hasPrefix("cus_") == true)
            #expect(await portal.send("GET", "/portal/profile", as: .signedIn(phone: "+15550100099")).status == 200)
        }
    }

    @Test func `gives staff no session`() async throws {
        try await withPlugin(Appointments.self) { portal in
            _ = try await portal.person(phone: "+15550100050", roles: ["STAFF"])
            let proven = try await portal.signIn(phone: "+15550100050")
            #expect(proven.status == 401)
        }
    }

    @Test func `leaves a staff role behind, whatever else the person is`() async throws {
        try await withClinic { portal in
            let both = try await portal.person(phone: "+15550100050", roles: ["STAFF", "customer"])
            let other = try await portal.customer()
            let booked = await portal.book(as: other)
            let path = "/api/customer/appointments/\(booked.body["id"]?.string ?? "")"
            #expect(await portal.send("GET", path, as: .person(both, by: ["sms"])).status == 404)
            #expect(await portal.send("GET", path, as: .person(both, by: ["pwd"])).status == 200)
        }
    }

    @Test func `ends with the token's time`() async throws {
        try await withPlugin(Appointments.self) { portal in
            let id = try await portal.person(phone: "+15550100001", roles: ["customer"])
            let token = try #require(try await portal.token(of: .person(id)))
            #expect(await portal.send("GET", "/portal/profile", as: .bearer(token)).status == 200)
            portal.clock.advance(by: .seconds(15 * 60))
            let late = await portal.send("GET", "/portal/profile", as: .bearer(token))
            #expect(late.status == 401)
            #expect(late.code == "AUTH_TOKEN_EXPIRED")
        }
    }
}
