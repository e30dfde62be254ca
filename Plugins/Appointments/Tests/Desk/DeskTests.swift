import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `The clinic's desk` {
    @Test func `books for a patient, whom it calls by name`() async throws {
        try await withClinic { portal in
            let reception = try await portal.staff("RECEPTION", at: "brn_berlin")
            let patient = try await portal.patient(phone: "+15550100077", as: reception)
            let booked = await portal.send(
                "POST", "/v1/appointments", visit(of: patient, and: ["notes": "Called by phone"]), as: reception)
            #expect(booked.status == 201)
            #expect(booked.body["status"] == "CONFIRMED")
            #expect(booked.body["patientName"] == "Pia Lang")
            #expect(booked.body["branchId"] == "brn_berlin")
            #expect(booked.body["endTime"] == "2027-03-09T08:30:00Z")
            let id = booked.body["id"]?.string ?? ""
            #expect(await portal.send("GET", "/v1/appointments/\(id)", as: reception).body == booked.body)
            let conflict = await portal.send("POST", "/v1/appointments", visit(of: patient), as: reception)
            #expect(conflict.status == 409)
            #expect(conflict.code == "TIME_SLOT_CONFLICT")
            #expect(conflict.body["error"]?["details"]?["alternatives"]?.elements.isEmpty == false)
            // At any minute, within notice, for as long as it takes.
            let odd = await portal.send(
                "POST", "/v1/appointments",
                visit(of: patient, "2027-03-08T09:37:00Z", and: ["endTime": "2027-03-08T10:22:00Z"]), as: reception)
            #expect(odd.status == 201)
            #expect(odd.body["endTime"] == "2027-03-08T10:22:00Z")
            // The patient sees it, without what is the clinic's.
            let mine = await portal.send(
                "GET", "/api/customer/appointments/\(id)", as: .signedIn(phone: "+15550100077"))
            #expect(mine.body["notes"] == "Called by phone")
            #expect(mine.body["patientName"] == nil)
            await portal.work()
            #expect(await portal.outbox.sms.contains { $0.body.contains("is confirmed for Tue 9 Mar 2027") })
            #expect(portal.faults == [])
        }
    }

    @Test func `lists by day, state, practitioner and patient`() async throws {
        try await withClinic { portal in
            let staff = try await portal.staff("RECEPTION", at: "brn_berlin")
            let (pia, max) = (try await portal.patient(as: staff), try await portal.patient("Max", as: staff))
            for (patient, start, practitioner) in [
                (pia, "2027-03-09T08:00:00Z", "prc_anna"), (max, "2027-03-09T08:00:00Z", "prc_bert"),
                (pia, "2027-03-10T08:00:00Z", "prc_anna"),
            ] {
                let booked = await portal.send(
                    "POST", "/v1/appointments", visit(of: patient, start, with: practitioner), as: staff)
                #expect(booked.status == 201)
            }
            for (query, count) in [
                ("", 3), ("startDate=2027-03-10", 1), ("startDate=2027-03-09&endDate=2027-03-09", 2),
                ("status=CONFIRMED,SCHEDULED", 3), ("status=CANCELLED", 0), ("practitionerId=prc_bert", 1),
                ("patientId=\(pia)", 2), ("branchId=brn_newyork", 0), ("detailedStatus=confirmed", 3),
            ] {
                let list = await portal.send("GET", "/v1/appointments?\(query)", as: staff)
                #expect(list.status == 200)
                #expect(list.body["pagination"]?["total"] == .integer(Int64(count)), "\(query)")
            }
            let away = try await portal.staff("STAFF", at: "brn_newyork")
            #expect(await portal.send("GET", "/v1/appointments", as: away).body["data"] == [])
            let of = await portal.send("GET", "/v1/patients/\(pia)/appointments", as: staff)
            #expect(of.body["data"]?.elements.count == 2)
            #expect(await portal.send("GET", "/v1/patients/\(pia)/appointments", as: away).status == 404)
        }
    }

    @Test func `leads a visit from arrival to its end`() async throws {
        try await withClinic { portal in
            let staff = try await portal.staff("STAFF", at: "brn_berlin")
            let patient = try await portal.patient(as: try await portal.staff("ADMIN"))
            let id =
                await portal.send("POST", "/v1/appointments", visit(of: patient), as: staff).body["id"]?.string ?? ""
            func act(_ act: String) async -> Answer {
                await portal.send("POST", "/v1/appointments/\(id)/\(act)", as: staff)
            }
            #expect(await act("check-in").code == "TOO_EARLY")
            #expect(await act("complete").code == "INVALID_STATE_TRANSITION")
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-09T07:50:00Z")))
            #expect(await act("no-show").code == "TOO_EARLY")
            #expect(await act("check-in").body["detailedStatus"] == "checked_in")
            #expect(await act("start").body["status"] == "CONFIRMED")
            let done = await act("complete")
            #expect(done.body["status"] == "COMPLETED")
            #expect(done.body["outcome"] == "completed")
            #expect(await act("cancel").code == "APPOINTMENT_NOT_CANCELLABLE")
            let actions = await portal.audit.map(\.action).filter { $0.hasPrefix("appointment.") }
            #expect(
                actions == [
                    "appointment.booked", "appointment.checked-in", "appointment.started", "appointment.completed",
                ])
        }
    }

    @Test func `notes who did not come, and cancels with a reason`() async throws {
        try await withClinic { portal in
            let staff = try await portal.staff("STAFF", at: "brn_berlin")
            let patient = try await portal.patient(as: try await portal.staff("ADMIN"))
            func book(_ start: String) async -> String {
                await portal.send("POST", "/v1/appointments", visit(of: patient, start), as: staff).body["id"]?.string
                    ?? ""
            }
            let (missed, cancelled) = (await book("2027-03-08T12:00:00Z"), await book("2027-03-09T12:00:00Z"))
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-08T12:20:00Z")))
            let gone = await portal.send("POST", "/v1/appointments/\(missed)/no-show", as: staff)
            #expect(gone.body["outcome"] == "no_show")
            let off = await portal.send(
                "POST", "/v1/appointments/\(cancelled)/cancel", ["reason": "The laser is broken"], as: staff)
            #expect(off.body["detailedStatus"] == "cancelled_by_clinic")
            #expect(off.body["cancellationReason"] == "The laser is broken")
            let report = await portal.send("GET", "/v1/reports/no-shows?from=2027-03-01&to=2027-03-31", as: staff)
            #expect(report.status == 403)
            let manager = try await portal.staff("MANAGER", at: "brn_berlin")
            let seen = await portal.send("GET", "/v1/reports/no-shows?from=2027-03-01&to=2027-03-31", as: manager)
            #expect(seen.body["noShows"] == 1)
            #expect(seen.body["rate"] == 1)
            #expect(seen.body["practitioners"]?[0]?["cancelledByClinic"] == 1)
        }
    }

    @Test func `confirms what was asked for`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let staff = try await portal.staff("STAFF", at: "brn_berlin")
            let asked = await portal.book(Clinic.visit("2027-03-12T08:00:00Z", service: "svc_laser"), as: ada)
            let id = asked.body["id"]?.string ?? ""
            #expect(await portal.send("POST", "/v1/appointments/\(id)/confirm", as: ada).code == "CLINIC_ONLY")
            let confirmed = await portal.send("POST", "/v1/appointments/\(id)/confirm", as: staff)
            #expect(confirmed.body["status"] == "CONFIRMED")
            await portal.work()
            let bodies = await portal.outbox.sms.map(\.body)
            #expect(bodies.count == 1)
            #expect(bodies[0].contains("is confirmed"))
        }
    }

    @Test func `takes in whoever comes without having booked`() async throws {
        try await withClinic { portal in
            let staff = try await portal.staff("RECEPTION", at: "brn_berlin")
            let patient = try await portal.patient(as: staff)
            let new: JSON = ["patientId": .string(patient), "serviceId": "svc_check"]
            let one = await portal.send("POST", "/v1/appointments/walk-ins", new, as: staff)
            #expect(one.status == 201)
            #expect(one.body["detailedStatus"] == "checked_in")
            #expect(one.body["startTime"] == "2027-03-08T09:00:00Z")
            #expect(one.body["isWalkIn"] == true)
            let two = await portal.send("POST", "/v1/appointments/walk-ins", new, as: staff)
            #expect(Set([one, two].compactMap { $0.body["practitionerId"]?.string }) == ["prc_anna", "prc_bert"])
            let full = await portal.send("POST", "/v1/appointments/walk-ins", new, as: staff)
            #expect(full.code == "TIME_SLOT_CONFLICT")
            let fitted = await portal.send(
                "POST", "/v1/appointments/walk-ins", new.merged(with: ["overbookReason": "Bleeding"]), as: staff)
            #expect(fitted.status == 201)
            #expect(fitted.body["overbookReason"] == "Bleeding")
        }
    }

    @Test func `overbooks knowingly, and nobody else can`() async throws {
        try await withClinic { portal in
            let ada = try await portal.customer()
            let staff = try await portal.staff("RECEPTION", at: "brn_berlin")
            let patient = try await portal.patient(as: staff)
            let first = await portal.book(as: ada)
            let over = await portal.send(
                "POST", "/v1/appointments", visit(of: patient, and: ["overbookReason": "Pain, agreed with Dr. Anna"]),
                as: staff)
            #expect(over.status == 201)
            #expect(over.body["overbookReason"] == "Pain, agreed with Dr. Anna")
            #expect(await portal.audit.contains { $0.details["overbookReason"] == "Pain, agreed with Dr. Anna" })
            // The first is cancelled: the time is still taken by the second, for all who do not say why not.
            await portal.send(
                "POST", "/v1/appointments/\(first.body["id"]?.string ?? "")/cancel", as: staff)
            #expect(await portal.book(as: ada).code == "TIME_SLOT_CONFLICT")
            let free = await portal.send("GET", Clinic.slots("2027-03-09"))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-09T08:30:00Z")
            // With it gone, it is free.
            await portal.send("DELETE", "/v1/appointments/\(over.body["id"]?.string ?? "")", as: staff)
            #expect(await portal.book(as: ada).status == 201)
        }
    }

    @Test func `moves a visit, notes something, or moves it on by the wire's word`() async throws {
        try await withClinic { portal in
            let staff = try await portal.staff("STAFF", at: "brn_berlin")
            let patient = try await portal.patient(phone: "+15550100077", as: try await portal.staff("ADMIN"))
            let id =
                await portal.send("POST", "/v1/appointments", visit(of: patient), as: staff).body["id"]?.string ?? ""
            let path = "/v1/appointments/\(id)"
            let moved = await portal.send(
                "PATCH", path, ["startTime": "2027-03-10T09:10:00Z", "practitionerId": "prc_bert", "notes": "By bus"],
                as: staff)
            #expect(moved.status == 200)
            #expect(moved.body["id"] == .string(id))
            #expect(moved.body["startTime"] == "2027-03-10T09:10:00Z")
            #expect(moved.body["endTime"] == "2027-03-10T09:40:00Z")
            #expect(moved.body["practitionerId"] == "prc_bert")
            #expect(moved.body["notes"] == "By bus")
            let free = await portal.send("GET", Clinic.slots("2027-03-09"))
            #expect(free.body["data"]?[0]?["start"] == "2027-03-09T08:00:00Z")
            let emptied = await portal.send("PATCH", path, ["notes": nil], as: staff)
            #expect(emptied.body["notes"] == .null)
            #expect(await portal.send("PATCH", path, ["status": "COMPLETED"], as: staff).status == 409)
            let off = await portal.send("PATCH", path, ["status": "CANCELLED"], as: staff)
            #expect(off.body["detailedStatus"] == "cancelled_by_clinic")
            let again = await portal.send("PATCH", path, ["startTime": "2027-03-11T09:00:00Z"], as: staff)
            #expect(again.code == "APPOINTMENT_NOT_RESCHEDULABLE")
        }
    }

    @Test func `lets a program book that has a key for it, and do nothing else`() async throws {
        try await withClinic { portal in
            let reception = try await portal.staff("RECEPTION", at: "brn_berlin")
            let patient = try await portal.patient(as: reception)
            let made = await portal.send(
                "POST", "/_portico/v1/api-keys", ["name": "Voice", "scopes": ["write:appointments"]], as: reception)
            let key = ["X-API-Key": try #require(made.body["key"]?.string)]
            let booked = await portal.send("POST", "/v1/appointments", visit(of: patient), headers: key)
            #expect(booked.status == 201)
            #expect(await portal.send("GET", "/v1/patients", headers: key).status == 403)
            #expect(await portal.send("GET", "/v1/appointments", headers: key).status == 403)
        }
    }

    @Test func `reaches no further than its branch`() async throws {
        try await withClinic { portal in
            let berlin = try await portal.staff("RECEPTION", at: "brn_berlin")
            let york = try await portal.staff("RECEPTION", at: "brn_newyork")
            let patient = try await portal.patient(as: berlin)
            let id =
                await portal.send("POST", "/v1/appointments", visit(of: patient), as: berlin).body["id"]?.string ?? ""
            for (method, path) in [
                ("GET", ""), ("DELETE", ""), ("POST", "/cancel"), ("POST", "/check-in"), ("POST", "/confirm"),
            ] {
                #expect(await portal.send(method, "/v1/appointments/\(id)\(path)", as: york).status == 404, "\(path)")
            }
            #expect(await portal.send("PATCH", "/v1/appointments/\(id)", ["notes": "x"], as: york).status == 404)
            // Another branch's patient is none; another branch is none of theirs.
            let stranger = await portal.send("POST", "/v1/appointments", visit(of: patient), as: york)
            #expect(stranger.body["error"]?["details"]?[0]?["field"] == "patientId")
            let here = try await portal.patient("Yo", at: "brn_newyork", as: york)
            #expect(await portal.send("POST", "/v1/appointments", visit(of: here), as: york).status == 403)
        }
    }

    @Test(
        arguments: [
            (["patientId": "nobody"], "patientId"), (["serviceId": "nothing"], "serviceId"),
            (["practitionerId": "prc_x"], "practitionerId"), (["startTime": "2026-01-01T09:00:00Z"], "startTime"),
            (["endTime": "2027-03-09T08:01:00Z"], "endTime"),
        ] as [(JSON, String)])
    func `names the field that is wrong`(_ wrong: JSON, _ field: String) async throws {
        try await withClinic { portal in
            let staff = try await portal.staff("ADMIN")
            let patient = try await portal.patient(as: staff)
            let refused = await portal.send(
                "POST", "/v1/appointments", visit(of: patient).merged(with: wrong), as: staff)
            #expect(refused.status == 400)
            #expect(refused.body["error"]?["details"]?[0]?["field"] == .string(field))
        }
    }
}
