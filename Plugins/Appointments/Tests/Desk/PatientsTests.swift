import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Patients` {
    @Test func `are added, found, changed and taken out of use`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            let added = await portal.send(
                "POST", "/v1/patients",
                [
                    "firstName": "Zoë", "lastName": "Ångström", "email": "Zoe@example.com", "phone": "+1 555 010 0077",
                    "dateOfBirth": "1988-04-12", "practiceId": "brn_berlin",
                ], as: admin)
            #expect(added.status == 201)
            #expect(added.body["status"] == "ACTIVE")
            #expect(added.body["email"] == "zoe@example.com")
            #expect(added.body["phone"] == "+15550100077")
            #expect(added.body["phoneNumber"] == "+15550100077")
            #expect(added.body["practiceId"] == "brn_berlin")
            #expect(added.body["createdAt"] == "2027-03-08T09:00:00Z")
            let id = try #require(added.body["id"]?.string)
            #expect(await portal.send("GET", "/v1/patients/\(id)", as: admin).body == added.body)

            for search in ["angstrom", "ZOE", "zoe@example.com", "%2B15550100077", "+15550100077", "om%20zo"] {
                let found = await portal.send("GET", "/v1/patients?search=\(search)", as: admin)
                #expect(found.body["data"]?.elements.map { $0["id"] } == [.string(id)], "\(search)")
            }
            #expect(await portal.send("GET", "/v1/patients?search=nobody", as: admin).body["data"] == [])

            let changed = await portal.send(
                "PATCH", "/v1/patients/\(id)", ["status": "VIP", "dateOfBirth": nil, "lastName": "Berg"], as: admin)
            #expect(changed.status == 200)
            #expect(changed.body["status"] == "VIP")
            #expect(changed.body["dateOfBirth"] == .null)
            let vip = await portal.send("GET", "/v1/patients?status=VIP&search=berg", as: admin)
            #expect(vip.body["pagination"] == ["page": 1, "limit": 20, "total": 1, "totalPages": 1])
            #expect(await portal.send("GET", "/v1/patients?status=BEST", as: admin).status == 400)

            // They sign in by their phone.
            let profile = await portal.send("GET", "/api/customer/profile", as: .signedIn(phone: "+15550100077"))
            #expect(profile.body["lastName"] == "Berg")

            let removed = await portal.send("DELETE", "/v1/patients/\(id)", as: admin)
            #expect(removed.body["status"] == "INACTIVE")
            #expect(portal.faults == [])
        }
    }

    @Test func `are there once`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            let new: JSON = [
                "firstName": "Pia", "lastName": "Lang", "phone": "+15550100077", "practiceId": "brn_berlin",
            ]
            #expect(await portal.send("POST", "/v1/patients", new, as: admin).status == 201)
            let again = await portal.send("POST", "/v1/patients", new, as: admin)
            #expect(again.status == 409)
            #expect(again.code == "DUPLICATE_ENTRY")
            let born: JSON = ["firstName": "Max", "lastName": "Muster", "dateOfBirth": "1990-01-01"]
            #expect(await portal.send("POST", "/v1/patients", born, as: admin).status == 201)
            #expect(await portal.send("POST", "/v1/patients", born, as: admin).code == "PATIENT_MAY_EXIST")
            let twin = born.merged(with: ["allowDuplicate": true])
            #expect(await portal.send("POST", "/v1/patients", twin, as: admin).status == 201)
        }
    }

    @Test func `have a name for their phone that is on its way out`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            let added = await portal.send(
                "POST", "/v1/patients", ["firstName": "A", "lastName": "B", "phoneNumber": "+15550100077"], as: admin)
            #expect(added.body["phone"] == "+15550100077")
            #expect(added.headers["deprecation"] == "@1795910400")
            #expect(added.headers["sunset"] == "Mon, 29 Nov 2027 00:00:00 GMT")
            #expect(added.headers["link"]?.contains("</docs/migration>; rel=\"deprecation\"") == true)
            let both = await portal.send(
                "POST", "/v1/patients",
                ["firstName": "A", "lastName": "B", "phone": "+15550100078", "phoneNumber": "+15550100079"], as: admin)
            #expect(both.body["error"]?["details"]?[0]?["field"] == "phoneNumber")
            let page = await portal.send("GET", "/docs/migration")
            #expect(page.status == 200)
            #expect(page.text.contains("phoneNumber"))
            #expect(await portal.send("GET", "/v2/patients", as: admin).status == 404)
            let api = await portal.send("GET", "/openapi.json")
            for name in ["Patient", "PatientCreate", "Appointment", "AppointmentCreate", "User", "Pagination"] {
                #expect(api.body["components"]?["schemas"]?.members?.list.contains { $0.name.hasSuffix(name) } == true)
            }
        }
    }

    @Test func `are seen at their branch alone`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            let reception = try await portal.staff("RECEPTION", at: "brn_berlin")
            let away = try await portal.staff("RECEPTION", at: "brn_newyork")
            let id = try await portal.patient(as: reception)
            #expect(await portal.send("GET", "/v1/patients/\(id)", as: reception).body["practiceId"] == "brn_berlin")
            #expect(await portal.send("GET", "/v1/patients/\(id)", as: away).status == 404)
            #expect(await portal.send("PATCH", "/v1/patients/\(id)", ["gender": "f"], as: away).status == 404)
            #expect(await portal.send("GET", "/v1/patients", as: away).body["data"] == [])
            let elsewhere: JSON = ["firstName": "A", "lastName": "B", "practiceId": "brn_newyork"]
            #expect(await portal.send("POST", "/v1/patients", elsewhere, as: reception).status == 403)
            let moved = await portal.send("PATCH", "/v1/patients/\(id)", ["practiceId": "brn_newyork"], as: admin)
            #expect(moved.status == 200)
            #expect(await portal.send("GET", "/v1/patients/\(id)", as: away).status == 200)
            #expect(await portal.send("GET", "/v1/patients/\(id)", as: reception).status == 404)
        }
    }

    @Test(arguments: [
        ("ADMIN", 200, 201), ("MANAGER", 200, 403), ("PRACTITIONER", 200, 403), ("STAFF", 200, 403),
        ("RECEPTION", 200, 201),
    ])
    func `are read and added by whom seed 002 lets`(_ role: String, _ read: Int, _ write: Int) async throws {
        try await withClinic { portal in
            let caller = try await portal.staff(role)
            #expect(await portal.send("GET", "/v1/patients", as: caller).status == read)
            let new: JSON = ["firstName": "A", "lastName": "B", "practiceId": "brn_berlin"]
            #expect(await portal.send("POST", "/v1/patients", new, as: caller).status == write)
            #expect(await portal.send("GET", "/v1/patients", as: try await portal.customer()).status == 403)
            #expect(await portal.send("GET", "/v1/patients").status == 401)
        }
    }

    @Test func `are limited as seed 002 says, and errors carry the correlation id`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            let list = await portal.send("GET", "/v1/patients", as: admin)
            #expect(list.headers["x-ratelimit-limit"] == "1000")
            let visits = await portal.send("GET", "/v1/appointments", as: admin)
            #expect(visits.headers["x-ratelimit-limit"] == "500")
            let wrong = await portal.send(
                "GET", "/v1/patients/nobody", as: admin, headers: ["X-Correlation-Id": "corr_987"])
            #expect(wrong.status == 404)
            #expect(wrong.body["error"]?["correlationId"] == "corr_987")
        }
    }
}
