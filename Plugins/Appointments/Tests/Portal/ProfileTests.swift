import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `The profile` {
    @Test(arguments: ["/api/customer/profile", "/portal/profile"])
    func `is read and changed by its customer`(_ path: String) async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let before = await portal.send("GET", path, as: ada)
            #expect(before.body["firstName"] == "Ola")
            #expect(before.body["status"] == "ACTIVE")
            let change: JSON = [
                "firstName": "Ada", "email": "ada@example.com", "dateOfBirth": "1988-04-12", "language": "de",
                "address": ["line1": "Unter den Linden 1", "city": "Berlin", "country": "DE"],
                "preferredBranchId": "brn_berlin",
            ]
            let changed = await portal.send("PUT", path, change, as: ada)
            #expect(changed.status == 200)
            #expect(changed.body["firstName"] == "Ada")
            #expect(changed.body["lastName"] == "Nordmann")
            #expect(changed.body["address"]?["city"] == "Berlin")
            #expect(await portal.send("GET", path, as: ada).body == changed.body)
            let emptied = await portal.send("PUT", path, ["dateOfBirth": nil, "address": nil], as: ada)
            #expect(emptied.body["dateOfBirth"] == .null)
            #expect(emptied.body["address"] == .null)
            #expect(emptied.body["firstName"] == "Ada")
            let event = try #require(await portal.events.first { $0.name == "appointments.customer-changed" })
            #expect(
                event.payload["fields"] == [
                    "firstName", "email", "dateOfBirth", "language", "address", "preferredBranchId",
                ])
            #expect(!event.payload.text.contains("Linden"))
            #expect(portal.faults == [])
        }
    }

    static let wrong: [(JSON, String, String)] = [
        (["firstName": nil], "firstName", "MISSING_REQUIRED_FIELD"),
        (["phone": nil], "phone", "MISSING_REQUIRED_FIELD"),
        (["dateOfBirth": "2099-01-01"], "dateOfBirth", "OUT_OF_RANGE"),
        (["email": "nobody"], "email", "INVALID_EMAIL"),
        (["preferredBranchId": "brn_moon"], "preferredBranchId", "NOT_ALLOWED"),
        (["nickname": "Ada"], "nickname", "UNKNOWN_FIELD"),
        (
            ["address": ["line1": "1", "city": "B", "country": "DE", "planet": "Mars"]], "address.planet",
            "UNKNOWN_FIELD"
        ),
        (["firstName": 7], "firstName", "INVALID_TYPE"),
    ]

    @Test(arguments: wrong)
    func `names what is wrong with a change`(_ change: JSON, _ field: String, _ code: String) async throws {
        try await withClinic { portal in
            let answer = await portal.send("PUT", "/portal/profile", change, as: try await portal.customer())
            #expect(answer.status == 400)
            #expect(answer.body["error"]?["details"]?.elements.map { $0["field"]?.string } == [field])
            #expect(answer.body["error"]?["details"]?[0]?["code"] == .string(code))
        }
    }

    @Test func `takes no phone number that is another account's`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            _ = try await portal.customer(phone: "+15550100002")
            let answer = await portal.send("PUT", "/portal/profile", ["phone": "+15550100002"], as: ada)
            #expect(answer.status == 409)
            #expect(answer.code == "DUPLICATE_ENTRY")
            #expect(await portal.send("GET", "/portal/profile", as: ada).body["phone"] == "+15550100001")
        }
    }

    @Test func `is nothing for those who are no customers`() async throws {
        try await withClinic { portal in
            let admin = try await portal.person(email: "admin@test.example", roles: ["ADMIN"])
            #expect(await portal.send("GET", "/portal/profile", as: .person(admin)).status == 404)
        }
    }
}
