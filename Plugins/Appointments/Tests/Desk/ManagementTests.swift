import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `Managing the clinic` {
    private static let hours: JSON = [["weekday": "tuesday", "opens": "10:00", "closes": "14:00"]]

    @Test func `makes a branch with everything that can be booked there`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            let branch = await portal.send(
                "POST", "/v1/branches",
                [
                    "name": "Oslo", "timeZone": "Europe/Oslo",
                    "address": ["line1": "Karl Johans gate 1", "city": "Oslo", "country": "NO"],
                    "openingHours": Self.hours, "rooms": [["name": "Room A"]],
                    "holidays": [["date": "2027-03-16", "name": "Moving day"]],
                ], as: admin)
            #expect(branch.status == 201, "\(branch.text)")
            let branchID = try #require(branch.body["id"]?.string)
            let service = await portal.send(
                "POST", "/v1/services",
                [
                    "name": "Massage", "durationMinutes": 60, "bufferAfterMinutes": 15, "needsRoom": true,
                    "price": ["amountMinor": 90_000, "currency": "NOK"], "branchIds": [.string(branchID)],
                ], as: admin)
            #expect(service.status == 201, "\(service.text)")
            let serviceID = try #require(service.body["id"]?.string)
            let practitioner = await portal.send(
                "POST", "/v1/practitioners",
                [
                    "name": "Dr. Nora", "branchId": .string(branchID), "workingHours": Self.hours,
                    "exceptions": [
                        ["date": "2027-03-23", "spans": [["opens": "10:00", "closes": "11:15"]]],
                        ["date": "2027-03-30"],
                    ],
                    "serviceIds": [.string(serviceID)],
                ], as: admin)
            #expect(practitioner.status == 201, "\(practitioner.text)")
            let id = try #require(practitioner.body["id"]?.string)
            #expect(await portal.send("GET", "/v1/practitioners/\(id)", as: admin).body == practitioner.body)
            #expect(await portal.send("GET", "/v1/branches/\(branchID)", as: admin).body == branch.body)
            #expect(
                await portal.send("GET", "/v1/services/\(serviceID)", as: admin).body["practitionerIds"] == [
                    .string(id)
                ]
            )
            func starts(_ day: String) async -> [String] {
                let slots = await portal.send(
                    "GET",
                    "/api/customer/availability?serviceId=\(serviceID)&branchId=\(branchID)&from=\(day)&to=\(day)")
                return slots.body["data"]?.elements.compactMap { $0["start"]?.string } ?? []
            }
            #expect(await starts("2027-03-09").first == "2027-03-09T09:00:00Z")
            #expect(await starts("2027-03-09").last == "2027-03-09T12:00:00Z")
            // A holiday, a short day, a day off.
            #expect(await starts("2027-03-16") == [])
            #expect(await starts("2027-03-23") == ["2027-03-23T09:00:00Z", "2027-03-23T09:15:00Z"])
            #expect(await starts("2027-03-30") == [])

            let closed = await portal.send("PATCH", "/v1/services/\(serviceID)", ["isActive": false], as: admin)
            #expect(closed.body["isActive"] == false)
            let gone = await portal.send(
                "GET",
                "/api/customer/availability?serviceId=\(serviceID)&branchId=\(branchID)&from=2027-03-09&to=2027-03-09")
            #expect(gone.status == 400)
            #expect(await portal.audit.contains { $0.action == "service.changed" })
        }
    }

    @Test func `is the managers' own branch's business`() async throws {
        try await withClinic { portal in
            let manager = try await portal.staff("MANAGER", at: "brn_berlin")
            let staff = try await portal.staff("STAFF", at: "brn_berlin")
            let change: JSON = ["name": "Berlin"]
            #expect(await portal.send("PATCH", "/v1/branches/brn_berlin", change, as: staff).status == 403)
            #expect(await portal.send("PATCH", "/v1/branches/brn_berlin", change, as: manager).status == 200)
            #expect(await portal.send("PATCH", "/v1/branches/brn_newyork", change, as: manager).status == 404)
            #expect(await portal.send("PATCH", "/v1/practitioners/prc_anna", change, as: manager).status == 200)
            #expect(await portal.send("PATCH", "/v1/practitioners/prc_carl", change, as: manager).status == 404)
            // Offered at both branches, so neither's alone.
            #expect(await portal.send("PATCH", "/v1/services/svc_check", change, as: manager).status == 404)
            #expect(await portal.send("PATCH", "/v1/services/svc_laser", change, as: manager).status == 200)
            #expect(await portal.send("GET", "/v1/services/svc_check", as: staff).status == 200)
            #expect(await portal.send("GET", "/v1/branches", as: staff).body["data"]?.elements.count == 2)
            #expect(await portal.send("GET", "/v1/branches/nowhere", as: staff).status == 404)
        }
    }

    @Test func `refuses what does not hang together`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            await portal.book(as: try await portal.customer())
            let zone = await portal.send("PATCH", "/v1/branches/brn_berlin", ["timeZone": "Asia/Tokyo"], as: admin)
            #expect(zone.code == "APPOINTMENTS_AHEAD")
            let off = await portal.send("PATCH", "/v1/practitioners/prc_anna", ["isActive": false], as: admin)
            #expect(off.code == "APPOINTMENTS_AHEAD")
            for (change, field) in [
                (
                    ["workingHours": [["weekday": "monday", "opens": "12:00", "closes": "10:00"]]],
                    "workingHours[0].closes"
                ),
                (
                    [
                        "workingHours": [
                            ["weekday": "monday", "opens": "09:00", "closes": "12:00"],
                            ["weekday": "monday", "opens": "11:00", "closes": "13:00"],
                        ]
                    ], "workingHours[0]"
                ),
                (["exceptions": [["date": "2027-03-09"], ["date": "2027-03-09"]]], "exceptions[1].date"),
                (["serviceIds": ["nothing"]], "serviceIds[0]"),
            ] as [(JSON, String)] {
                let wrong = await portal.send("PATCH", "/v1/practitioners/prc_anna", change, as: admin)
                #expect(wrong.body["error"]?["details"]?[0]?["field"] == .string(field), "\(wrong.text)")
            }
        }
    }
}

@Suite struct `Time off` {
    @Test func `is blocked by the desk, and nobody books it`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let staff = try await portal.staff("RECEPTION", at: "brn_berlin")
            let before = await portal.book(Clinic.visit("2027-03-09T12:00:00Z"), as: ada)
            let block = await portal.send(
                "POST", "/v1/time-off",
                [
                    "practitionerId": "prc_anna", "start": "2027-03-09T08:00:00Z", "end": "2027-03-11T10:00:00Z",
                    "reason": "Conference",
                ], as: staff)
            #expect(block.status == 201, "\(block.text)")
            #expect(block.body["state"] == "approved")
            #expect(block.body["appointmentIds"] == [before.body["id"] ?? .null])
            let free = await portal.send("GET", Clinic.slots("2027-03-09", "2027-03-11"))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-11T10:00:00Z")
            #expect(await portal.book(as: ada).code == "TIME_SLOT_CONFLICT")
            let id = block.body["id"]?.string ?? ""
            let away = try await portal.staff("RECEPTION", at: "brn_newyork")
            #expect(await portal.send("DELETE", "/v1/time-off/\(id)", as: away).status == 404)
            #expect(await portal.send("DELETE", "/v1/time-off/\(id)", as: staff).status == 204)
            #expect(await portal.book(as: ada).status == 201)
        }
    }

    @Test func `of a room leaves others, and leave waits for a manager`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let staff = try await portal.staff("PRACTITIONER", at: "brn_berlin")
            let manager = try await portal.staff("MANAGER", at: "brn_berlin")
            let day: JSON = ["start": "2027-03-09T08:00:00Z", "end": "2027-03-09T16:00:00Z"]
            func off(_ resource: JSON) async -> Answer {
                await portal.send("POST", "/v1/time-off", day.merged(with: resource), as: staff)
            }
            #expect(await off(["roomId": "rom_1"]).status == 201)
            let one = await portal.book(Clinic.visit(service: "svc_surgery"), as: ada)
            #expect(one.body["roomId"] == "rom_2")
            let other = await portal.book(Clinic.visit(service: "svc_surgery", with: "prc_bert"), as: ada)
            #expect(other.code == "TIME_SLOT_CONFLICT")

            let leave = await off(["practitionerId": "prc_bert", "kind": "leave"])
            #expect(leave.body["state"] == "requested")
            #expect(await portal.book(Clinic.visit(with: "prc_bert"), as: ada).status == 201)
            let path = "/v1/time-off/\(leave.body["id"]?.string ?? "")"
            #expect(await portal.send("POST", path + "/approve", as: staff).status == 403)
            let given = await portal.send("POST", path + "/approve", as: manager)
            #expect(given.body["state"] == "approved")
            #expect(given.body["appointmentIds"]?.elements.count == 1)
            #expect(await portal.send("POST", path + "/refuse", as: manager).code == "ALREADY_DECIDED")
            let late = await portal.book(Clinic.visit("2027-03-09T10:00:00Z", with: "prc_bert"), as: ada)
            #expect(late.code == "TIME_SLOT_CONFLICT")
            #expect(
                await portal.send("GET", "/v1/time-off?state=approved", as: manager).body["data"]?.elements.count == 2)
        }
    }

    @Test func `gives way to who says why`() async throws {
        try await withClinic { portal in
            let admin = try await portal.staff("ADMIN")
            await portal.send(
                "POST", "/v1/time-off",
                ["practitionerId": "prc_anna", "start": "2027-03-09T08:00:00Z", "end": "2027-03-10T08:00:00Z"],
                as: admin)
            let patient = try await portal.patient(as: admin)
            let over = await portal.send(
                "POST", "/v1/appointments", visit(of: patient, and: ["overbookReason": "Just this once"]), as: admin)
            #expect(over.status == 201)
        }
    }
}

@Suite struct `A practitioner who is ill` {
    @Test func `hands the day to others, and every customer is told`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let staff = try await portal.staff("RECEPTION", at: "brn_berlin")
            let one = await portal.book(Clinic.visit("2027-03-09T08:00:00Z"), as: ada)
            let two = await portal.book(Clinic.visit("2027-03-09T10:00:00Z"), as: ben)
            // Nobody else can take this one: the other is taken.
            await portal.book(Clinic.visit("2027-03-09T12:00:00Z", with: "prc_bert"), as: ben)
            let three = await portal.book(Clinic.visit("2027-03-09T12:00:00Z"), as: ada)
            await portal.work()
            let sent = await portal.outbox.sms.count
            let result = await portal.send(
                "POST", "/v1/practitioners/prc_anna/sick-days", ["date": "2027-03-09", "reason": "Flu"], as: staff)
            #expect(result.status == 200, "\(result.text)")
            let moved = result.body["moved"]?.elements ?? []
            #expect(Set(moved.compactMap { $0["appointmentId"]?.string }) == [id(one), id(two)])
            #expect(moved.allSatisfy { $0["practitionerId"] == "prc_bert" })
            #expect(result.body["unmoved"] == [.string(id(three))])
            let shown = await portal.send("GET", "/portal/appointments/\(id(one))", as: ada)
            #expect(shown.body["practitionerId"] == "prc_bert")
            #expect(shown.body["startTime"] == "2027-03-09T08:00:00Z")
            await portal.work()
            let told = await portal.outbox.sms.dropFirst(sent)
            #expect(told.count == 2)
            #expect(told.allSatisfy { $0.body.contains("takes place as planned, with somebody else") })
            let free = await portal.send("GET", Clinic.slots("2027-03-09"))
            #expect(free.body["data"] == [])
            let rest = await portal.send(
                "POST", "/v1/practitioners/prc_anna/sick-days", ["date": "2027-03-09", "cancelOthers": true], as: staff)
            #expect(rest.body["unmoved"] == [.string(id(three))])
            let gone = await portal.send("GET", "/portal/appointments/\(id(three))", as: ada)
            #expect(gone.body["detailedStatus"] == "cancelled_by_clinic")
            #expect(portal.faults == [])
        }
    }

    private func id(_ answer: Answer) -> String { answer.body["id"]?.string ?? "" }
}

@Suite struct `Reports` {
    @Test func `say how much of their working time practitioners had visits in`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let manager = try await portal.staff("MANAGER", at: "brn_berlin")
            await portal.book(as: ada)
            await portal.book(Clinic.visit("2027-03-09T10:00:00Z"), as: ada)
            await portal.send(
                "POST", "/v1/time-off",
                ["practitionerId": "prc_anna", "start": "2027-03-09T13:00:00Z", "end": "2027-03-09T16:00:00Z"],
                as: manager)
            let report = await portal.send("GET", "/v1/reports/utilisation?from=2027-03-09&to=2027-03-09", as: manager)
            #expect(report.status == 200)
            let lines = report.body["practitioners"]?.elements ?? []
            #expect(lines.map { $0["practitionerId"] } == ["prc_anna", "prc_bert"])
            #expect(lines[0]["availableMinutes"] == 300)
            #expect(lines[0]["bookedMinutes"] == 60)
            #expect(lines[0]["utilisation"] == .number(0.2))
            #expect(lines[1]["availableMinutes"] == 480)
            #expect(report.body["bookedMinutes"] == 60)
            // The day on which clocks change has an hour less, but not of these.
            let sunday = await portal.send("GET", "/v1/reports/utilisation?from=2027-03-28&to=2027-03-28", as: manager)
            #expect(sunday.body["utilisation"] == .null)
            for wrong in ["from=2027-03-10&to=2027-03-09", "from=2025-01-01&to=2027-03-09", "from=soon"] {
                #expect(await portal.send("GET", "/v1/reports/utilisation?\(wrong)", as: manager).status == 400)
            }
        }
    }
}
