import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `A visit in one's own calendar` {
    @Test(arguments: ["/api/customer/appointments/", "/portal/appointments/"])
    func `is a file that names time and place`(_ path: String) async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let id = try #require(await portal.book(as: ada).body["id"]?.string)
            let file = await portal.send("GET", path + id + "/confirmation", as: ada)
            #expect(file.status == 200)
            #expect(file.headers["content-type"] == "text/calendar; charset=utf-8; method=PUBLISH")
            let lines = file.text.components
            #expect(lines.contains("UID:\(id)@test"))
            #expect(lines.contains("SEQUENCE:0"))
            #expect(lines.contains("DTSTART;TZID=Europe/Berlin:20270309T090000"))
            #expect(lines.contains("DTEND;TZID=Europe/Berlin:20270309T093000"))
            #expect(lines.contains("BEGIN:VTIMEZONE"))
            #expect(lines.contains("STATUS:CONFIRMED"))
            // Why somebody goes there is nobody else's business.
            #expect(!file.text.contains("svc_check"))
            #expect(!file.text.contains("Dr."))
            let ben = try await portal.customer(phone: "+15550100002")
            #expect(await portal.send("GET", path + id + "/confirmation", as: ben).status == 404)
        }
    }

    @Test func `is a sheet of paper for whoever asks for that`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer(language: "de")
            let path =
                "/portal/appointments/\(try #require(await portal.book(as: ada).body["id"]?.string))/confirmation"
            let named = await portal.send("GET", path + "?format=pdf", as: ada)
            #expect(named.status == 200, "\(named.text)")
            #expect(named.headers["content-type"] == "application/pdf")
            #expect(named.text.hasPrefix("%PDF-1."))
            let accepted = await portal.send("GET", path, as: ada, headers: ["Accept": "application/pdf"])
            #expect(accepted.headers["content-type"] == "application/pdf")
            let both = await portal.send(
                "GET", path, as: ada, headers: ["Accept": "text/calendar, application/pdf;q=0.5"])
            #expect(both.headers["content-type"]?.hasPrefix("text/calendar") == true)
            #expect(await portal.send("GET", path + "?format=doc", as: ada).status == 400)
            await portal.send("PUT", "/portal/profile", ["firstName": "Łucja"], as: ada)
            #expect(await portal.send("GET", path + "?format=pdf", as: ada).status == 200)
            await portal.send("PUT", "/portal/profile", ["firstName": "عليّ"], as: ada)
            #expect(await portal.send("GET", path + "?format=pdf", as: ada).status == 406)
        }
    }

    @Test func `moves with the visit, and is struck out when that is cancelled`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let first = try #require(
                await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada).body["id"]?.string)
            let second = try #require(
                await portal.send(
                    "POST", "/portal/appointments/\(first)/reschedule", ["start": "2027-03-11T08:00:00Z"], as: ada
                ).body["id"]?.string)
            let moved = await portal.send("GET", "/portal/appointments/\(second)/confirmation", as: ada).text.components
            #expect(moved.contains("UID:\(first)@test"))
            #expect(moved.contains("SEQUENCE:1"))
            await portal.send("DELETE", "/api/customer/appointments/\(second)", as: ada)
            let struck = await portal.send("GET", "/portal/appointments/\(second)/confirmation", as: ada)
            #expect(struck.text.components.contains("METHOD:CANCEL"))
            #expect(struck.text.components.contains("SEQUENCE:2"))
            #expect(struck.text.components.contains("STATUS:CANCELLED"))
        }
    }
}

@Suite struct `A private calendar` {
    @Test func `is read by whoever knows its address, until that is another or none`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            await portal.book(Clinic.visit("2027-03-10T08:00:00Z"), as: ada)
            let old = try #require(await portal.book(Clinic.visit("2027-03-11T08:00:00Z"), as: ada).body["id"]?.string)
            await portal.send(
                "POST", "/portal/appointments/\(old)/reschedule", ["start": "2027-03-12T08:00:00Z"], as: ada)
            let before = await portal.send("GET", "/api/customer/calendar-feed", as: ada)
            #expect(before.body["isActive"] == false)

            let made = await portal.send("POST", "/api/customer/calendar-feed", as: ada)
            #expect(made.status == 201)
            let path = try #require(made.body["url"]?.string?.path)
            #expect(path.hasPrefix("/calendar-feeds/"))
            let feed = await portal.send("GET", path)
            #expect(feed.status == 200)
            #expect(feed.headers["content-type"]?.hasPrefix("text/calendar") == true)
            // A visit that was moved is one entry.
            #expect(feed.text.components.count { $0 == "BEGIN:VEVENT" } == 2)
            // The address is told once.
            #expect(await portal.send("GET", "/api/customer/calendar-feed", as: ada).body["url"] == nil)

            let other = await portal.send("POST", "/api/customer/calendar-feed", as: ada)
            #expect(await portal.send("GET", path).status == 404)
            let next = try #require(other.body["url"]?.string?.path)
            #expect(await portal.send("GET", next).status == 200)
            #expect(await portal.send("DELETE", "/api/customer/calendar-feed", as: ada).status == 204)
            #expect(await portal.send("GET", next).status == 404)
            for wrong in ["/calendar-feeds/x.ics", "/calendar-feeds/" + String(repeating: "0", count: 40)] {
                #expect(await portal.send("GET", wrong).status == 404)
            }
        }
    }

    @Test func `is another in every portal`() async throws {
        try await withClinic(tenants: ["test", "other"]) { portal in
            let ada = try await portal.customer()
            let made = await portal.send("POST", "/api/customer/calendar-feed", as: ada)
            let path = try #require(made.body["url"]?.string?.path)
            #expect(await portal.send("GET", path).status == 200)
            #expect(await portal.at("other").send("GET", path).status == 404)
        }
    }
}

extension String {
    /// The lines of a calendar file, those that were folded whole again.
    fileprivate var components: [String] {
        var lines: [String] = []
        for line in split(whereSeparator: \.isNewline) {
            if line.hasPrefix(" "), let last = lines.popLast() {
                lines.append(last + line.dropFirst())
            } else {
                lines.append(String(line))
            }
        }
        return lines
    }

    /// What stands behind scheme and host.
    fileprivate var path: String? {
        guard let host = firstRange(of: "//") else { return nil }
        return self[host.upperBound...].firstIndex(of: "/").map { String(self[$0...]) }
    }
}
