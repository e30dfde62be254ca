import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Cancelling a visit` {
    @Test(arguments: [("DELETE", "/api/customer/appointments/", ""), ("POST", "/portal/appointments/", "/cancel")])
    func `gives the time back and keeps the visit in the history`(
        _ method: String, _ front: String, _ behind: String
    ) async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let booked = await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada)
            let id = try #require(booked.body["id"]?.string)
            let cancelled = await portal.send(method, front + id + behind, as: ada)
            #expect(cancelled.status == 200)
            #expect(cancelled.body["status"] == "CANCELLED")
            #expect(cancelled.body["detailedStatus"] == "cancelled_by_customer")
            #expect(cancelled.body["cancelledAt"] == "2027-03-08T09:00:00Z")
            let free = await portal.send("GET", Clinic.slots("2027-03-10"))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-10T08:00:00Z")
            let listed = await portal.send("GET", "/portal/appointments?status=CANCELLED", as: ada)
            #expect(listed.body["data"]?.elements.compactMap { $0["id"]?.string } == [id])
            let again = await portal.send(method, front + id + behind, as: ada)
            #expect(again.status == 409)
            #expect(again.code == "APPOINTMENT_NOT_CANCELLABLE")
        }
    }

    @Test func `is too late within the notice, but not for the clinic`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let staff = try await portal.person(email: "staff@test.example", roles: ["STAFF"], branch: "brn_berlin")
            let booked = await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada)
            let path = "/api/customer/appointments/\(booked.body["id"]?.string ?? "")"
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-09T08:00:01Z")))
            let late = await portal.send("DELETE", path, as: ada)
            #expect(late.status == 409)
            #expect(late.code == "CANCELLATION_TOO_LATE")
            let clinic = await portal.send("DELETE", path, as: .person(staff))
            #expect(clinic.status == 200)
            #expect(clinic.body["detailedStatus"] == "cancelled_by_clinic")
        }
    }

    @Test func `reaches no further than a role's branch`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let away = try await portal.person(email: "away@test.example", roles: ["STAFF"], branch: "brn_newyork")
            let booked = await portal.book(as: ada)
            let path = "/api/customer/appointments/\(booked.body["id"]?.string ?? "")"
            #expect(await portal.send("GET", path, as: .person(away)).status == 404)
            #expect(await portal.send("DELETE", path, as: .person(away)).status == 404)
            #expect(await portal.send("GET", path, as: ada).body["status"] == "CONFIRMED")
        }
    }
}

@Suite struct `The clinic's policies` {
    @Test(arguments: [
        ("2027-03-08T10:45:00Z", 409, "BOOKING_TOO_SOON"),
        ("2027-06-07T08:00:00Z", 409, "BOOKING_TOO_FAR_AHEAD"),
        ("2027-03-14T09:00:00Z", 409, "TIME_SLOT_UNAVAILABLE"),
        ("2027-03-09T08:05:00Z", 409, "TIME_SLOT_UNAVAILABLE"),
        ("2027-03-08T08:00:00Z", 400, "VALIDATION_ERROR"),
    ])
    func `decide what can be booked`(_ start: String, _ status: Int, _ code: String) async throws {
        try await withClinic { portal in
            let answer = await portal.book(Clinic.visit(start), as: try await portal.customer())
            #expect(answer.status == status)
            #expect(answer.code == code)
        }
    }

    @Test func `bound what one person has ahead`() async throws {
        try await withClinic(settings: ["maximumUpcoming": 1]) { portal in
            let ada = try await portal.customer()
            #expect(await portal.book(as: ada).status == 201)
            let more = await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada)
            #expect(more.code == "TOO_MANY_UPCOMING_APPOINTMENTS")
        }
    }

    @Test func `keep holidays free`() async throws {
        try await withClinic(settings: ["maximumDaysAhead": 500]) { portal in
            // 1 May 2028 is a Monday.
            let free = await portal.send("GET", Clinic.slots("2028-05-01", "2028-05-02"))
            #expect(free.body["data"]?[0]?["start"] == "2028-05-02T07:00:00Z")
        }
    }
}
