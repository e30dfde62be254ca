import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `The list of visits` {
    @Test(arguments: ["/api/customer/appointments", "/portal/appointments"])
    func `holds the caller's own, in pages`(_ path: String) async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            var ids: [String] = []
            for hour in ["08", "10", "12"] {
                let booked = await portal.book(Clinic.visit("2027-03-10T\(hour):00:00Z"), as: ada)
                ids.append(try #require(booked.body["id"]?.string))
            }
            await portal.book(Clinic.visit("2027-03-11T08:00:00Z"), as: ben)

            let first = await portal.send("GET", path + "?scope=upcoming&limit=2", as: ada)
            #expect(first.body["data"]?.elements.compactMap { $0["id"]?.string } == Array(ids.prefix(2)))
            #expect(first.body["pagination"] == ["page": 1, "limit": 2, "total": 3, "totalPages": 2])
            let second = await portal.send("GET", path + "?scope=upcoming&limit=2&page=2", as: ada)
            #expect(second.body["data"]?.elements.compactMap { $0["id"]?.string } == [ids[2]])
            let beyond = await portal.send("GET", path + "?page=9", as: ada)
            #expect(beyond.status == 200)
            #expect(beyond.body["data"] == [])
            for wrong in ["page=0", "limit=101", "limit=x", "scope=sometime", "status=LATE", "from=soon"] {
                #expect(await portal.send("GET", path + "?" + wrong, as: ada).status == 400, "\(wrong)")
            }
        }
    }

    @Test func `can be narrowed to days of the branch's calendar`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            for day in ["09", "10", "11"] { await portal.book(Clinic.visit("2027-03-\(day)T08:00:00Z"), as: ada) }
            let found = await portal.send("GET", "/portal/appointments?from=2027-03-10&to=2027-03-10", as: ada)
            #expect(found.body["data"]?.elements.compactMap { $0["startTime"]?.string } == ["2027-03-10T08:00:00Z"])
        }
    }

    @Test func `is unchanged for a client that has it`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let path = "/portal/appointments"
            await portal.book(as: ada)
            let one = await portal.send("GET", path, as: ada)
            let tag = try #require(one.headers["ETag"])
            let two = await portal.send("GET", path, as: ada, headers: ["If-None-Match": tag])
            #expect(two.status == 304)
            #expect(two.bytes.isEmpty)
            await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada)
            #expect(await portal.send("GET", path, as: ada, headers: ["If-None-Match": tag]).status == 200)
        }
    }

    @Test func `has nothing of other people in it`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let id = try #require(await portal.book(as: ada).body["id"]?.string)
            for (method, path) in [
                ("GET", "/api/customer/appointments/\(id)"), ("GET", "/portal/appointments/\(id)"),
                ("DELETE", "/api/customer/appointments/\(id)"), ("POST", "/portal/appointments/\(id)/cancel"),
            ] {
                let foreign = await portal.send(method, path, as: ben)
                #expect(foreign.status == 404, "\(method) \(path)")
                #expect(foreign.code == "RESOURCE_NOT_FOUND")
                #expect(await portal.send(method, path).status == 401, "\(method) \(path)")
            }
            #expect(await portal.send("GET", "/portal/appointments", as: ben).body["data"] == [])
            #expect(await portal.send("GET", "/portal/appointments/\(id)", as: ada).status == 200)
        }
    }
}
