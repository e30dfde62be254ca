import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Moving a visit` {
    @Test(arguments: ["/api/customer/appointments/", "/portal/appointments/"])
    func `puts another one in its place, and both know of each other`(_ path: String) async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let old = try #require(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            let moved = await portal.send(
                "POST", path + old + "/reschedule", ["start": "2027-03-11T10:00:00Z"], as: ada)
            #expect(moved.status == 200)
            #expect(moved.body["startTime"] == "2027-03-11T10:00:00Z")
            #expect(moved.body["practitionerId"] == "prc_anna")
            #expect(moved.body["detailedStatus"] == "confirmed")
            #expect(moved.body["predecessorId"] == .string(old))
            let before = await portal.send("GET", path + old, as: ada)
            #expect(before.body["detailedStatus"] == "rescheduled")
            #expect(before.body["status"] == "CANCELLED")
            #expect(before.body["successorId"] == moved.body["id"])
            // Its time is free again.
            let free = await portal.send("GET", Clinic.slots("2027-03-10"))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-10T08:00:00Z")
            #expect(await portal.events.last?.name == "appointments.rescheduled")
            #expect(await portal.audit.last?.action == "appointment.rescheduled")
            await portal.work()
            #expect(await portal.outbox.sms.count == 1)
            #expect(await portal.outbox.sms.last?.body.contains("is moved to Thu 11 Mar 2027, 11:00 am") == true)
        }
    }

    @Test func `leaves everything as it was when the new time is taken`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let id = try #require(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            await portal.book(Clinic.visit("2027-03-11T08:00:00Z"), as: ben)
            let path = "/api/customer/appointments/\(id)"
            let refused = await portal.send(
                "POST", path + "/reschedule", ["start": "2027-03-11T08:00:00Z", "practitionerId": "prc_anna"], as: ada)
            #expect(refused.code == "TIME_SLOT_CONFLICT")
            #expect(refused.body["error"]?["details"]?["alternatives"]?.elements.isEmpty == false)
            #expect(await portal.send("GET", path, as: ada).body["detailedStatus"] == "confirmed")
            #expect(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ben).code == "TIME_SLOT_CONFLICT")
            // With whoever is free it can be had.
            let moved = await portal.send("POST", path + "/reschedule", ["start": "2027-03-11T08:00:00Z"], as: ada)
            #expect(moved.body["practitionerId"] == "prc_bert")
        }
    }

    @Test func `may overlap the time it had`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let id = try #require(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            let moved = await portal.send(
                "POST", "/portal/appointments/\(id)/reschedule", ["start": "2027-03-10T08:15:00Z"], as: ada)
            #expect(moved.status == 200)
            #expect(moved.body["practitionerId"] == "prc_anna")
        }
    }

    @Test func `keeps to notice and limit, which do not bind the clinic`() async throws {
        try await withClinic(settings: ["maximumReschedules": 1, "rescheduleNoticeHours": 24]) { portal in
            let ada = try await portal.customer()
            let staff = try await portal.person(email: "staff@test.example", roles: ["STAFF"], branch: "brn_berlin")
            let first = try #require(
                await portal.book(Clinic.visit("2027-03-09T08:00:00Z"), as: ada).body["id"]?.string)
            let late = await portal.send(
                "POST", "/portal/appointments/\(first)/reschedule", ["start": "2027-03-12T08:00:00Z"], as: ada)
            #expect(late.code == "RESCHEDULING_TOO_LATE")
            let byClinic = await portal.send(
                "POST", "/v1/appointments/\(first)/reschedule", ["startTime": "2027-03-12T08:00:00Z"],
                as: .person(staff))
            #expect(byClinic.status == 200)
            let second = byClinic.body["id"]?.string ?? ""
            let often = await portal.send(
                "POST", "/portal/appointments/\(second)/reschedule", ["start": "2027-03-15T08:00:00Z"], as: ada)
            #expect(often.code == "RESCHEDULED_TOO_OFTEN")
            let same = await portal.send(
                "POST", "/v1/appointments/\(second)/reschedule", ["startTime": "2027-03-12T08:00:00Z"],
                as: .person(staff))
            #expect(same.status == 400)
        }
    }

    @Test func `is not for one that is over`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let id = try #require(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            await portal.send("DELETE", "/api/customer/appointments/\(id)", as: ada)
            let refused = await portal.send(
                "POST", "/portal/appointments/\(id)/reschedule", ["start": "2027-03-11T08:00:00Z"], as: ada)
            #expect(refused.code == "APPOINTMENT_NOT_RESCHEDULABLE")
        }
    }
}

@Suite struct `Reminders` {
    private static let settings: JSON = ["remindersMinutesBefore": [1440, 120]]

    @Test func `come at the chosen times, and once each`() async throws {
        try await withClinic(settings: Self.settings) { portal in
            let ada = try await portal.customer()
            await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada)
            await portal.work()
            #expect(await portal.outbox.sms.count == 1)
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-09T08:00:00Z")))
            await portal.work()
            #expect(await portal.outbox.sms.count == 2)
            #expect(await portal.outbox.sms.last?.body.contains("is on Wed 10 Mar 2027, 9:00 am (CET)") == true)
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-10T06:00:00Z")))
            await portal.work()
            #expect(await portal.outbox.sms.count == 3)
        }
    }

    @Test func `tell the new time of a visit that was moved, and nothing of one that was cancelled`() async throws {
        try await withClinic(settings: Self.settings) { portal in
            let ada = try await portal.customer()
            let id = try #require(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            let other = try #require(
                await portal.book(Clinic.visit("2027-03-10T12:00:00Z"), as: ada).body["id"]?.string)
            await portal.send(
                "POST", "/portal/appointments/\(id)/reschedule", ["start": "2027-03-12T08:00:00Z"], as: ada)
            await portal.send("DELETE", "/api/customer/appointments/\(other)", as: ada)
            await portal.work()
            let before = await portal.outbox.sms.count
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-10T12:00:00Z")))
            await portal.work()
            #expect(await portal.outbox.sms.count == before)
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-11T08:00:00Z")))
            await portal.work()
            #expect(await portal.outbox.sms.count == before + 1)
            #expect(await portal.outbox.sms.last?.body.contains("is on Fri 12 Mar 2027") == true)
        }
    }

    @Test func `are answered by a text message`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ids = ["2027-03-10T08:00:00Z", "2027-03-11T08:00:00Z"]
            var visits: [String] = []
            for start in ids {
                visits.append(try #require(await portal.book(Clinic.visit(start), as: ada).body["id"]?.string))
            }
            func sure(_ number: Int) async -> JSON? {
                await portal.send("GET", "/portal/appointments/\(visits[number])", as: ada).body[
                    "attendanceConfirmedAt"]
            }
            await portal.answer("When was it again?", from: "+15550100001", reference: "m1")
            #expect(await sure(0) == .null)
            #expect(await portal.answer(" Yes! ", from: "+15550100001", reference: "m2"))
            #expect(await sure(0) == "2027-03-08T09:00:00Z")
            // The same message again is no second one.
            #expect(await portal.answer(" Yes! ", from: "+15550100001", reference: "m2") == false)
            #expect(await sure(1) == .null)
            #expect(await portal.answer("1", from: "+15550100099", reference: "m3") == false)
            await portal.answer("1", from: "+15550100001", reference: "m4")
            #expect(await sure(1) == "2027-03-08T09:00:00Z")
            #expect(portal.faults == [])
        }
    }

    @Test func `are answered by saying that one comes`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let id = try #require(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            let path = "/api/customer/appointments/\(id)/confirm"
            let sure = await portal.send("POST", path, as: ada)
            #expect(sure.status == 200)
            #expect(sure.body["attendanceConfirmedAt"] == "2027-03-08T09:00:00Z")
            portal.clock.advance(by: .seconds(60))
            #expect(await portal.send("POST", path, as: ada).body == sure.body)
            await portal.send("DELETE", "/api/customer/appointments/\(id)", as: ada)
            #expect(await portal.send("POST", path, as: ada).code == "INVALID_STATE_TRANSITION")
        }
    }
}
