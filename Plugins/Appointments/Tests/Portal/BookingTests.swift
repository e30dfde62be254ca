import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Booking a visit` {
    @Test func `offers what is open and takes it once`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let before = await portal.send("GET", Clinic.slots("2027-03-09"))
            #expect(before.status == 200)
            let starts = before.body["data"]?.elements.compactMap { $0["start"]?.string } ?? []
            // Every quarter of an hour from 9:00 to 16:30 in Berlin.
            #expect(starts.count == 31)
            #expect(starts.first == "2027-03-09T08:00:00Z")
            #expect(starts.last == "2027-03-09T15:30:00Z")
            #expect(before.body["data"]?[0]?["timeZone"] == "Europe/Berlin")

            let booked = await portal.book(as: ada)
            #expect(booked.status == 201)
            #expect(booked.body["status"] == "CONFIRMED")
            #expect(booked.body["detailedStatus"] == "confirmed")
            #expect(booked.body["startTime"] == "2027-03-09T08:00:00Z")
            #expect(booked.body["endTime"] == "2027-03-09T08:30:00Z")
            #expect(booked.body["practitionerId"] == "prc_anna")
            #expect(booked.body["branchName"] == "Berlin Mitte")

            let after = await portal.send("GET", Clinic.slots("2027-03-09"))
            #expect(after.body["data"]?[0]?["start"] == "2027-03-09T08:30:00Z")
            #expect(after.body["pagination"]?["total"] == 29)
            #expect(portal.faults == [])
        }
    }

    @Test func `refuses a taken time with others that are near`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            #expect(await portal.book(Clinic.visit("2027-03-09T10:00:00Z"), as: ada).status == 201)
            let refused = await portal.book(Clinic.visit("2027-03-09T10:00:00Z"), as: ben)
            #expect(refused.status == 409)
            #expect(refused.code == "TIME_SLOT_CONFLICT")
            let alternatives = refused.body["error"]?["details"]?["alternatives"]?.elements ?? []
            #expect(
                alternatives.compactMap { $0["start"]?.string } == [
                    "2027-03-09T09:00:00Z", "2027-03-09T09:15:00Z", "2027-03-09T09:30:00Z", "2027-03-09T10:30:00Z",
                    "2027-03-09T10:45:00Z",
                ])
            // Any of them can be had.
            for alternative in alternatives.prefix(1) {
                let start = try #require(alternative["start"]?.string)
                #expect(await portal.book(Clinic.visit(start), as: ben).status == 201)
            }
        }
    }

    @Test func `gives one of many who want the same time what they want`() async throws {
        try await withClinic { portal in
            var callers: [Caller] = []
            for number in 1...8 { callers.append(try await portal.customer(phone: "+1555010000\(number)")) }
            let statuses = await withTaskGroup(of: Int.self) { group in
                for caller in callers + callers + callers {
                    group.addTask { await portal.book(as: caller).status }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [201: 1, 409: 23])
            #expect(await portal.events.count { $0.name == "appointments.booked" } == 1)
        }
    }

    @Test func `deals visits to whoever has fewest that day when nobody is asked for`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let one = await portal.book(Clinic.visit(with: nil), as: ada)
            let two = await portal.book(Clinic.visit(with: nil), as: ada)
            let three = await portal.book(Clinic.visit(with: nil), as: ada)
            #expect(one.body["practitionerId"] == "prc_anna")
            #expect(two.body["practitionerId"] == "prc_bert")
            #expect(three.code == "TIME_SLOT_CONFLICT")
        }
    }

    @Test func `takes a room with the practitioner where the service needs one`() async throws {
        try await withClinic(settings: ["slotGridMinutes": 60]) { portal in
            let ada = try await portal.customer()
            for practitioner in ["prc_anna", "prc_bert"] {
                #expect(
                    await portal.book(Clinic.visit(service: "svc_surgery", with: practitioner), as: ada).status == 201)
            }
            let free = await portal.send("GET", Clinic.slots("2027-03-09", service: "svc_surgery", with: nil))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-09T09:00:00Z")
        }
    }

    @Test func `waits for the clinic where the service asks for approval`() async throws {
        try await withClinic { portal in
            let booked = await portal.book(Clinic.visit(service: "svc_laser"), as: try await portal.customer())
            #expect(booked.status == 201)
            #expect(booked.body["status"] == "SCHEDULED")
            #expect(booked.body["detailedStatus"] == "requested")
            await portal.work()
            #expect(await portal.outbox.sms.map(\.body).last?.contains("we received your request") == true)
        }
    }

    @Test func `is not for staff who are no customers`() async throws {
        try await withClinic { portal in
            let staff = try await portal.person(email: "staff@test.example", roles: ["STAFF"])
            let refused = await portal.book(as: .person(staff))
            #expect(refused.status == 403)
            #expect(refused.code == "NOT_A_CUSTOMER")
        }
    }

    @Test(arguments: [
        ("serviceId", "nothing"), ("branchId", "nowhere"), ("practitionerId", "prc_carl"),
    ])
    func `names the field that is wrong`(_ field: String, _ value: String) async throws {
        try await withClinic { portal in
            var visit = Clinic.visit().members ?? [:]
            visit[field] = .string(value)
            let refused = await portal.book(.object(visit), as: try await portal.customer())
            #expect(refused.status == 400)
            #expect(refused.code == "VALIDATION_ERROR")
            #expect(refused.body["error"]?["details"]?[0]?["field"] == .string(field))
            #expect(refused.body["error"]?["details"]?[0]?["code"] == "NOT_ALLOWED")
        }
    }
}

@Suite struct `An Idempotency-Key` {
    @Test func `makes a second request the same as the first`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let one = await portal.book(as: ada, headers: ["Idempotency-Key": "k-1"])
            let two = await portal.book(as: ada, headers: ["Idempotency-Key": "k-1"])
            #expect(one.status == 201)
            #expect(two.status == 201)
            #expect(one.bytes == two.bytes)
            #expect(await portal.events.count { $0.name == "appointments.booked" } == 1)
            await portal.work()
            #expect(await portal.outbox.sms.count == 1)
        }
    }

    @Test func `is refused with another body, and means nothing of another person's`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let headers = ["Idempotency-Key": "k-1"]
            #expect(await portal.book(as: ada, headers: headers).status == 201)
            #expect(await portal.book(Clinic.visit("2027-03-09T12:00:00Z"), as: ada, headers: headers).status == 422)
            let other = await portal.book(Clinic.visit("2027-03-09T12:00:00Z"), as: ben, headers: headers)
            #expect(other.status == 201)
        }
    }
}

@Suite struct `Asking for free times` {
    @Test func `comes in pages`() async throws {
        try await withClinic { portal in
            let all = await portal.send("GET", Clinic.slots("2027-03-09", with: nil))
            #expect(all.body["pagination"]?["total"] == 62)
            let page = await portal.send("GET", Clinic.slots("2027-03-09", with: nil) + "&limit=10&page=7")
            #expect(page.body["data"]?.elements == Array((all.body["data"]?.elements ?? []).suffix(2)))
            #expect(page.body["pagination"] == ["page": 7, "limit": 10, "total": 62, "totalPages": 7])
        }
    }

    @Test func `begins after the notice and ends with the last day that can be booked`() async throws {
        try await withClinic(settings: ["bookingNoticeMinutes": 90, "maximumDaysAhead": 2]) { portal in
            let slots = await portal.send("GET", Clinic.slots("2027-03-08", "2027-03-30"))
            let starts = slots.body["data"]?.elements.compactMap { $0["start"]?.string } ?? []
            #expect(starts.first == "2027-03-08T10:30:00Z")
            #expect(starts.last == "2027-03-10T15:30:00Z")
        }
    }

    @Test(arguments: [
        ("2027-03-10", "2027-03-09", "to"), ("2027-03-09", "2027-05-11", "to"), ("yesterday", "2027-03-09", "from"),
    ])
    func `needs a span of time that can be`(_ from: String, _ to: String, _ field: String) async throws {
        try await withClinic { portal in
            let answer = await portal.send("GET", Clinic.slots(from, to))
            #expect(answer.status == 400)
            #expect(answer.body["error"]?["details"]?[0]?["field"] == .string(field))
        }
    }

    @Test func `takes up to 62 days`() async throws {
        try await withClinic { portal in
            #expect(await portal.send("GET", Clinic.slots("2027-03-09", "2027-05-10")).status == 200)
        }
    }
}
