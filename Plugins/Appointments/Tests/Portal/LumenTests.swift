import FoundationEssentials
import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `The demo of lumen` {
    private static func document(_ file: String) throws -> JSON {
        var repository = URL(filePath: #filePath)
        for _ in 0..<5 { repository = repository.deletingLastPathComponent() }
        let bytes = try Array(Data(contentsOf: repository.appending(path: "tenants/lumen/\(file)")))
        return try JSONDocument(bytes, dialect: .commented).root.tree
    }

    @Test func `loads as it is, and its customers have their visits`() async throws {
        let settings = try #require(try Self.document("tenant.json")["plugins"]?["appointments"])
        let demo = try Self.document("demo.json")
        try await withPlugin(Appointments.self, settings: settings) { portal in
            for person in demo["people"]?.elements ?? [] {
                _ = try await portal.person(
                    givenName: person["givenName"]?.string ?? "", familyName: person["familyName"]?.string ?? "",
                    phone: person["phone"]?.string, email: person["email"]?.string,
                    roles: person["roles"]?.elements.compactMap { $0["role"]?.string } ?? [])
            }
            let shown = try #require(demo["plugins"]?["appointments"])
            try await portal.loadDemo(shown)
            let caller = Caller.signedIn(phone: "+15550100001")
            let profile = await portal.send("GET", "/api/customer/profile", as: caller)
            #expect(profile.body["preferredBranchId"] == "brn_newyork")
            let visits = await portal.send("GET", "/api/customer/appointments?limit=100", as: caller)
            let expected = shown["appointments"]?.elements.count { $0["phone"] == "+15550100001" }
            #expect(visits.body["pagination"]?["total"] == expected.map { .integer(Int64($0)) })
            #expect(expected ?? 0 > 0)

            let branches = await portal.send("GET", "/api/customer/branches")
            #expect(branches.body["data"]?.elements.count == 2)
            let services = await portal.send("GET", "/api/customer/services?branchId=brn_berlin")
            #expect(services.body["data"]?.elements.isEmpty == false)
            // Bookable 400 days ahead, and at once.
            let slots = await portal.send(
                "GET",
                "/api/customer/availability?serviceId=svc_consultation&branchId=brn_newyork&from=2028-04-03&to=2028-04-07"
            )
            let slot = try #require(slots.body["data"]?[0])
            let booked = await portal.send(
                "POST", "/api/customer/appointments",
                [
                    "serviceId": "svc_consultation", "branchId": "brn_newyork",
                    "practitionerId": slot["practitionerId"] ?? .null, "start": slot["start"] ?? .null,
                ], as: caller)
            #expect(booked.status == 201)
            #expect(portal.faults == [])
        }
    }
}
