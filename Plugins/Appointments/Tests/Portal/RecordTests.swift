import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `What goes with a booking` {
    @Test(arguments: [
        ("en", "brn_berlin", "prc_anna", "2027-03-09T08:00:00Z", "Tue 9 Mar 2027, 9:00 am (CET)"),
        ("de", "brn_berlin", "prc_anna", "2027-03-09T08:00:00Z", "Di. 09.03.2027, 09:00 Uhr (CET)"),
        // After both clinics have changed their clocks, on different days.
        ("en", "brn_newyork", "prc_carl", "2027-03-15T17:00:00Z", "Mon 15 Mar 2027, 1:00 pm (EDT)"),
        ("de", "brn_berlin", "prc_anna", "2027-03-29T07:00:00Z", "Mo. 29.03.2027, 09:00 Uhr (CEST)"),
    ])
    func `is a text message in the person's language and the branch's time`(
        _ language: String, _ branch: String, _ practitioner: String, _ start: String, _ when: String
    ) async throws {
        try await withClinic { portal in
            let ada = try await portal.customer(language: language)
            #expect(await portal.book(Clinic.visit(start, branch: branch, with: practitioner), as: ada).status == 201)
            #expect(await portal.outbox.messages.isEmpty)
            await portal.work()
            let messages = await portal.outbox.sms
            #expect(messages.map(\.to) == ["+15550100001"])
            #expect(messages.first?.body.contains(when) == true, "\(messages.first?.body ?? "")")
            #expect(messages.first?.body.hasPrefix("Test Portal: ") == true)
            #expect(messages.first?.body.contains("svc_check") == false)
        }
    }

    @Test func `is an event without names and an entry of who did it`() async throws {
        try await withClinic { portal in
            let id = try await portal.person(givenName: "Ada", phone: "+15550100001", roles: ["customer"])
            let visit = Clinic.visit("2027-03-10T08:00:00Z")
            let booked = await portal.book(visit, as: .person(id), headers: ["X-Request-Id": "booking-1"])
            let appointment = try #require(booked.body["id"]?.string)
            let event = try #require(await portal.events.first { $0.name == "appointments.booked" })
            #expect(event.subjectKind == "appointment")
            #expect(event.subjectID == appointment)
            #expect(event.owner == id)
            #expect(event.branch == "brn_berlin")
            #expect(event.audience == ["permission": "read:appointments"])
            #expect(!event.payload.text.contains("Ada"))
            #expect(!event.payload.text.contains("+1555"))
            let entry = try #require(await portal.audit.first { $0.action == "appointment.booked" })
            #expect(entry.person == id)
            #expect(entry.subjectID == appointment)
            #expect(entry.requestID == "booking-1")
            #expect(entry.address == "192.0.2.1")
            #expect(entry.outcome == "success")

            await portal.send("DELETE", "/api/customer/appointments/\(appointment)", as: .person(id))
            #expect(await portal.events.last?.name == "appointments.cancelled")
            #expect(await portal.audit.last?.action == "appointment.cancelled")
        }
    }

    @Test func `is taken back when it was not sent before the visit is cancelled`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let id = try #require(await portal.book(Clinic.visit("2027-03-12T08:00:00Z"), as: ada).body["id"]?.string)
            await portal.send("DELETE", "/api/customer/appointments/\(id)", as: ada)
            await portal.work()
            let bodies = await portal.outbox.sms.map(\.body)
            #expect(bodies.count == 1)
            #expect(bodies.first?.contains("is cancelled") == true)
        }
    }

    @Test func `is nothing when the booking is refused`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            #expect(await portal.book(Clinic.visit("2027-03-14T08:00:00Z"), as: ada).status == 409)
            await portal.work()
            #expect(await portal.outbox.messages.isEmpty)
            #expect(await portal.events.isEmpty)
            #expect(await portal.audit.contains { $0.action.hasPrefix("appointment") } == false)
        }
    }
}
