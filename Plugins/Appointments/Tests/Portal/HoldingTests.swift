import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Holding a time` {
    private static func hold(_ start: String = "2027-03-09T08:00:00Z") -> JSON {
        ["serviceId": "svc_check", "branchId": "brn_berlin", "practitionerId": "prc_anna", "start": .string(start)]
    }

    @Test func `keeps it from everybody else until it is booked`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let held = await portal.send("POST", "/api/customer/holds", Self.hold(), as: ada)
            #expect(held.status == 201)
            #expect(held.body["expiresAt"] == "2027-03-08T09:10:00Z")
            #expect(await portal.book(as: ben).code == "TIME_SLOT_CONFLICT")
            // It is no visit yet.
            #expect(await portal.send("GET", "/portal/appointments", as: ada).body["data"] == [])
            let id = try #require(held.body["id"]?.string)
            #expect(await portal.send("GET", "/portal/appointments/\(id)", as: ada).status == 404)

            let booked = await portal.book(Clinic.visit().merged(with: ["holdId": .string(id)]), as: ada)
            #expect(booked.status == 201)
            #expect(booked.body["id"] == .string(id))
            #expect(booked.body["detailedStatus"] == "confirmed")
            #expect(await portal.events.count { $0.name == "appointments.booked" } == 1)
            #expect(await portal.jobs.contains { $0.name == "release-hold" } == false)
        }
    }

    @Test func `is used by a booking of the same time that does not name it`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let held = await portal.send("POST", "/api/customer/holds", Self.hold(), as: ada)
            let booked = await portal.book(as: ada)
            #expect(booked.body["id"] == held.body["id"])
        }
    }

    @Test func `ends by itself`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let held = await portal.send("POST", "/api/customer/holds", Self.hold(), as: ada)
            portal.clock.advance(by: .seconds(599))
            await portal.work()
            #expect(await portal.book(as: ben).code == "TIME_SLOT_CONFLICT")
            portal.clock.advance(by: .seconds(1))
            await portal.work()
            let free = await portal.send("GET", Clinic.slots("2027-03-09"))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-09T08:00:00Z")
            let late = await portal.book(
                Clinic.visit().merged(with: ["holdId": held.body["id"] ?? .null]), as: ada)
            #expect(late.code == "HOLD_EXPIRED")
            #expect(await portal.book(as: ben).status == 201)
            #expect(portal.faults == [])
        }
    }

    @Test func `ends though its job has not come`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            await portal.send("POST", "/api/customer/holds", Self.hold(), as: ada)
            portal.clock.advance(by: .seconds(600))
            #expect(await portal.book(as: ben).status == 201)
        }
    }

    @Test func `is one at a time, and can be given back`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            await portal.send("POST", "/api/customer/holds", Self.hold(), as: ada)
            let second = await portal.send("POST", "/api/customer/holds", Self.hold("2027-03-09T10:00:00Z"), as: ada)
            #expect(await portal.book(as: ben).status == 201)
            let path = "/api/customer/holds/\(second.body["id"]?.string ?? "")"
            #expect(await portal.send("DELETE", path, as: ben).status == 404)
            #expect(await portal.send("DELETE", path, as: ada).status == 204)
            #expect(await portal.book(Clinic.visit("2027-03-09T10:00:00Z"), as: ben).status == 201)
        }
    }
}
