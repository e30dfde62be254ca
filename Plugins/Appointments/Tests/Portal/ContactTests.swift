import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `How a customer is reached` {
    @Test func `is theirs to say, in one place for all`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let before = await portal.send("GET", "/api/customer/preferences", as: ada)
            #expect(before.body["sms"] == true)
            #expect(before.body["reminders"] == true)
            #expect(before.body["marketing"] == false)
            let wanted = before.body.merged(with: [
                "reminders": false, "timeZone": "America/New_York",
                "quietHours": ["start": "22:00", "end": "07:00"],
            ])
            let changed = await portal.send("PUT", "/api/customer/preferences", wanted, as: ada)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(changed.body["reminders"] == false)
            #expect(await portal.send("GET", "/api/customer/preferences", as: ada).body == changed.body)
            // The same as the portal's own.
            let own = await portal.send("GET", "/_portico/v1/me/notifications/preferences", as: ada)
            #expect(own.body["categories"]?["appointment_reminders"]?["enabled"] == false)
            // And nobody is reminded who does not want to be.
            await portal.book(Clinic.visit("2027-03-10T12:00:00Z"), as: ada)
            await portal.work()
            // It is 4 o'clock where they are, so even the confirmation waits.
            #expect(await portal.outbox.sms.isEmpty)
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-09T13:00:00Z")))
            await portal.work()
            #expect(await portal.outbox.sms.count == 1)
            #expect(await portal.outbox.sms.first?.body.contains("is confirmed") == true)
        }
    }

    @Test func `shows what was sent, and what was read`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let id = await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]
            await portal.work()
            let sent = await portal.send("GET", "/api/customer/communications?channel=sms", as: ada)
            #expect(sent.body["data"]?.elements.count == 1)
            #expect(sent.body["data"]?[0]?["type"] == "appointment-confirmed")
            #expect(sent.body["data"]?[0]?["appointmentId"] == id)
            #expect(await portal.send("GET", "/api/customer/communications", as: ben).body["data"] == [])

            let list = await portal.send("GET", "/api/customer/notifications?unread=true", as: ada)
            let note = try #require(list.body["data"]?[0]?["id"]?.string)
            #expect(list.body["data"]?[0]?["aboutId"] == id)
            #expect(await portal.send("POST", "/api/customer/notifications/\(note)/read", as: ben).status == 404)
            #expect(await portal.send("POST", "/api/customer/notifications/\(note)/read", as: ada).status == 204)
            let none = await portal.send("GET", "/api/customer/notifications?unread=true", as: ada)
            #expect(none.body["pagination"]?["total"] == 0)
            #expect(await portal.send("POST", "/api/customer/notifications/read-all", as: ada).status == 204)
        }
    }
}

@Suite struct `A medical history` {
    private static let first: JSON = [
        "allergies": ["Penicillin"], "medications": [], "conditions": ["Asthma"], "notes": "None",
    ]

    @Test func `keeps every change, with who and when`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let path = "/api/customer/medical-history"
            let empty: JSON = ["allergies": [], "medications": [], "conditions": [], "notes": ""]
            #expect(await portal.send("GET", path, as: ada).body == empty)
            #expect(await portal.send("PUT", path, Self.first, as: ada).body == Self.first)
            portal.clock.advance(by: .seconds(60))
            // What is no change is no version.
            await portal.send("PUT", path, Self.first, as: ada)
            let second = Self.first.merged(with: ["medications": ["Salbutamol"]])
            await portal.send("PUT", path, second, as: ada)
            #expect(await portal.send("GET", path, as: ada).body == second)
            let versions = await portal.send("GET", path + "/versions", as: ada)
            #expect(versions.body["data"]?.elements.map { $0["version"] } == [2, 1])
            #expect(versions.body["data"]?[1]?["history"] == Self.first)
            #expect(versions.body["data"]?[1]?["changedAt"] == "2027-03-08T09:00:00Z")
            #expect(versions.body["data"]?[0]?["isByPatient"] == true)
            // Nothing of it stands in what the audit log keeps.
            #expect(await portal.audit.contains { $0.details.text.contains("Salbutamol") } == false)
            let long = Self.first.merged(with: ["notes": .string(String(repeating: "x", count: 10_001))])
            #expect(await portal.send("PUT", path, long, as: ada).body["error"]?["details"]?[0]?["field"] == "notes")
        }
    }

    @Test func `is read by the clinic under the eyes of the audit log`() async throws {
        try await withClinic { portal in
            let reception = try await portal.staff("RECEPTION", at: "brn_berlin")
            let away = try await portal.staff("RECEPTION", at: "brn_newyork")
            let patient = try await portal.patient(phone: "+15550100077", as: reception)
            let path = "/v1/patients/\(patient)/medical-history"
            #expect(await portal.send("PUT", path, Self.first, as: reception).body == Self.first)
            #expect(await portal.send("GET", path, as: reception).body == Self.first)
            #expect(await portal.audit.contains { $0.action == "medical-history.read" })
            #expect(await portal.send("GET", path, as: away).status == 404)
            #expect(await portal.send("PUT", path, Self.first, as: away).status == 404)
            let mine: Caller = .signedIn(phone: "+15550100077")
            #expect(await portal.send("GET", "/api/customer/medical-history", as: mine).body == Self.first)
            let versions = await portal.send("GET", path + "/versions", as: reception)
            #expect(versions.body["data"]?[0]?["isByPatient"] == false)
        }
    }
}
