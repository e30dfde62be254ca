import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Booking for a child` {
    private static let child: JSON = ["firstName": "Kim", "lastName": "Nordmann", "dateOfBirth": "2019-05-04"]

    @Test func `is done by whoever acts for it, and they are told`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let added = await portal.send("POST", "/api/customer/dependents", Self.child, as: ada)
            #expect(added.status == 201, "\(added.text)")
            let user = try #require(added.body["userId"]?.string)
            let acting = ["X-Acting-For": user]
            let booked = await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada, headers: acting)
            #expect(booked.status == 201, "\(booked.text)")
            #expect(booked.body["patientId"] == added.body["id"])
            #expect(await portal.send("GET", "/portal/appointments", as: ada).body["data"] == [])
            let theirs = await portal.send("GET", "/portal/appointments", as: ada, headers: acting)
            #expect(theirs.body["data"]?.elements.count == 1)
            #expect(await portal.send("GET", "/portal/appointments", as: ben, headers: acting).status == 403)
            await portal.work()
            #expect(await portal.outbox.sms.map(\.to) == ["+15550100001"])
            let list = await portal.send("GET", "/api/customer/dependents", as: ada)
            #expect(list.body["data"]?.elements == [added.body])
            let path = "/api/customer/dependents/\(added.body["id"]?.string ?? "")"
            #expect(await portal.send("DELETE", path, as: ben).status == 404)
            #expect(await portal.send("DELETE", path, as: ada).status == 204)
            #expect(await portal.send("GET", "/portal/appointments", as: ada, headers: acting).status == 403)
            #expect(portal.faults == [])
        }
    }

    @Test func `ends when it is of age`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let soon = Self.child.merged(with: ["dateOfBirth": "2009-03-10"])
            let added = await portal.send("POST", "/api/customer/dependents", soon, as: ada)
            let acting = ["X-Acting-For": added.body["userId"]?.string ?? ""]
            #expect(await portal.send("GET", "/portal/appointments", as: ada, headers: acting).status == 200)
            // Midnight in Berlin, the company's zone.
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-09T23:00:00Z")))
            await portal.work()
            #expect(await portal.send("GET", "/portal/appointments", as: ada, headers: acting).status == 403)
            #expect(await portal.send("GET", "/api/customer/dependents", as: ada).body["data"] == [])
            for wrong in ["2009-03-08", "2030-01-01"] {
                let adult = Self.child.merged(with: ["dateOfBirth": .string(wrong)])
                #expect(await portal.send("POST", "/api/customer/dependents", adult, as: ada).status == 400)
            }
        }
    }
}

@Suite struct `The waitlist` {
    private static func entry(_ more: JSON = [:]) -> JSON {
        let basis: JSON = [
            "serviceId": "svc_check", "branchId": "brn_berlin", "from": "2027-03-09", "to": "2027-03-12",
        ]
        return basis.merged(with: more)
    }

    @Test func `tells the first in line of a time that became free, once`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let cleo = try await portal.customer(phone: "+15550100003")
            let id = await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string ?? ""
            let other = await portal.book(Clinic.visit("2027-03-10T12:00:00Z"), as: ada).body["id"]?.string ?? ""
            let waits = await portal.send("POST", "/api/customer/waitlist", Self.entry(), as: ben)
            #expect(waits.status == 201, "\(waits.text)")
            // With somebody else, or later, is not what became free.
            await portal.send("POST", "/api/customer/waitlist", Self.entry(["practitionerId": "prc_bert"]), as: cleo)
            await portal.send(
                "POST", "/api/customer/waitlist", Self.entry(["from": "2027-03-11"]), as: cleo)
            await portal.work()
            let before = await portal.outbox.sms.count
            await portal.send("DELETE", "/api/customer/appointments/\(id)", as: ada)
            await portal.send("DELETE", "/api/customer/appointments/\(other)", as: ada)
            await portal.work()
            let sent = await portal.outbox.sms.dropFirst(before)
            let told = sent.filter { $0.body.contains("has become free on Wed 10 Mar 2027, 9:00 am") }
            #expect(told.map(\.to) == ["+15550100002"])
            #expect(sent.count { $0.body.contains("has become free") } == 1)
            let list = await portal.send("GET", "/api/customer/waitlist", as: ben)
            #expect(list.body["data"]?[0]?["toldAt"] == "2027-03-08T09:00:00Z")
            // Who has it waits no more.
            #expect(await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ben).status == 201)
            #expect(await portal.send("GET", "/api/customer/waitlist", as: ben).body["data"] == [])
            #expect(portal.faults == [])
        }
    }

    @Test func `is left by whom it is`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let waits = await portal.send("POST", "/api/customer/waitlist", Self.entry(), as: ada)
            let path = "/api/customer/waitlist/\(waits.body["id"]?.string ?? "")"
            #expect(await portal.send("DELETE", path, as: ben).status == 404)
            #expect(await portal.send("DELETE", path, as: ada).status == 204)
            let wrong = await portal.send(
                "POST", "/api/customer/waitlist", Self.entry(["to": "2027-03-08"]), as: ada)
            #expect(wrong.body["error"]?["details"]?[0]?["field"] == "to")
        }
    }
}

@Suite struct `Visits every so many weeks` {
    @Test func `are at the same time on the clock, and those that cannot be had are named`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            await portal.book(Clinic.visit("2027-03-23T08:00:00Z"), as: ben)
            let series: JSON = Clinic.visit("2027-03-16T08:00:00Z").merged(with: ["everyWeeks": 1, "count": 4])
            await portal.work()
            let before = await portal.outbox.sms.count
            let booked = await portal.send("POST", "/api/customer/appointments/series", series, as: ada)
            #expect(booked.status == 201, "\(booked.text)")
            // Clocks change on 28 March.
            #expect(
                booked.body["appointments"]?.elements.map { $0["startTime"] } == [
                    "2027-03-16T08:00:00Z", "2027-03-30T07:00:00Z", "2027-04-06T07:00:00Z",
                ])
            #expect(
                booked.body["unavailable"]?.elements == [
                    ["start": "2027-03-23T08:00:00Z", "code": "TIME_SLOT_CONFLICT"]
                ])
            await portal.work()
            #expect(await portal.outbox.sms.count == before + 1)
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-29T07:00:00Z")))
            await portal.work()
            #expect(await portal.outbox.sms.contains { $0.body.contains("is on Tue 30 Mar 2027, 9:00 am (CEST)") })
            let none = await portal.send("POST", "/api/customer/appointments/series", series, as: ben)
            #expect(none.status == 400)
        }
    }
}
