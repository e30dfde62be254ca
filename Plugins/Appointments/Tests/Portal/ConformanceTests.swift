import PluginTestKit
import Testing

@testable import Appointments

@Suite struct `The plugin as one of many` {
    @Test func `keeps the promises of every plugin`() async {
        #expect(await conformance(of: Appointments.self) == [])
    }

    @Test func `keeps them with a clinic at work`() async {
        let findings = await conformance(of: Appointments.self, settings: ["maximumUpcoming": 3]) { portal in
            try await portal.loadDemo(Clinic.data)
            let ada = try await portal.customer()
            let ben = try await portal.customer(phone: "+15550100002")
            let id = await portal.book(as: ada, headers: ["Idempotency-Key": "once"]).body["id"]?.string ?? ""
            await portal.book(as: ada, headers: ["Idempotency-Key": "once"])
            await portal.book(as: ben)
            for start in [
                "2027-03-08T10:45:00Z", "2027-12-07T08:00:00Z", "2027-03-14T09:00:00Z", "2027-03-08T08:00:00Z",
            ] {
                await portal.book(Clinic.visit(start), as: ben)
            }
            for day in ["10", "11", "12"] { await portal.book(Clinic.visit("2027-03-\(day)T08:00:00Z"), as: ada) }
            await portal.send("GET", "/portal/appointments/\(id)", as: ada)
            await portal.send("DELETE", "/api/customer/appointments/\(id)", as: ada)
            await portal.send("POST", "/portal/appointments/\(id)/cancel", as: ada)
            await portal.send("PUT", "/portal/profile", ["phone": "+15550100002"], as: ada)
            await portal.send("PUT", "/portal/profile", ["firstName": "Ada", "language": "de"], as: ada)
            await portal.work()
            try await workAtTheDesk(portal)
            await portal.work()
        }
        #expect(findings == [])
    }

    /// What the clinic's people do, right and wrong.
    private func workAtTheDesk(_ portal: Portal) async throws {
        let admin = try await portal.staff("ADMIN")
        let cleo = try await portal.customer(phone: "+15550100003")
        let patient = try await portal.patient(as: admin)
        let booked = await portal.send(
            "POST", "/v1/appointments", visit(of: patient, "2027-03-17T08:00:00Z"), as: admin)
        let path = "/v1/appointments/\(booked.body["id"]?.string ?? "")"
        await portal.send("POST", "/v1/appointments", visit(of: patient, "2027-03-17T08:00:00Z"), as: admin)
        await portal.send("PATCH", path, ["startTime": "2027-03-18T08:00:00Z", "notes": "x"], as: admin)
        for act in ["check-in", "complete", "no-show", "confirm", "start"] {
            await portal.send("POST", path + "/" + act, as: admin)
        }
        let moved = await portal.send("POST", path + "/reschedule", ["startTime": "2027-03-19T08:00:00Z"], as: admin)
        await portal.send(
            "POST", "/v1/appointments/\(moved.body["id"]?.string ?? "")/cancel", ["reason": "x"], as: admin)
        await portal.send(
            "POST", "/v1/appointments/walk-ins", ["patientId": .string(patient), "serviceId": "svc_check"], as: admin)
        for list in [
            "appointments", "patients", "services", "branches", "practitioners", "time-off", "reports/utilisation",
            "reports/no-shows", "patients/\(patient)", "patients/\(patient)/appointments",
            "patients/\(patient)/medical-history", "patients/\(patient)/medical-history/versions",
        ] {
            await portal.send("GET", "/v1/\(list)", as: admin)
        }
        await portal.send(
            "POST", "/v1/time-off",
            ["practitionerId": "prc_bert", "start": "2027-03-22T08:00:00Z", "end": "2027-03-22T10:00:00Z"], as: admin)
        await portal.send("POST", "/v1/practitioners/prc_anna/sick-days", ["date": "2027-03-23"], as: admin)
        let held = await portal.send(
            "POST", "/api/customer/holds",
            ["serviceId": "svc_check", "branchId": "brn_berlin", "start": "2027-03-24T08:00:00Z"], as: cleo)
        await portal.send("DELETE", "/api/customer/holds/\(held.body["id"]?.string ?? "")", as: cleo)
        let visit = await portal.book(Clinic.visit("2027-03-25T08:00:00Z"), as: cleo).body["id"]?.string ?? ""
        await portal.send("POST", "/portal/appointments/\(visit)/confirm", as: cleo)
        await portal.send("GET", "/portal/appointments/\(visit)/confirmation", as: cleo)
        await portal.send(
            "POST", "/portal/appointments/\(visit)/reschedule", ["start": "2027-03-26T08:00:00Z"], as: cleo)
        for own in ["preferences", "communications", "notifications", "calendar-feed", "medical-history"] {
            await portal.send("GET", "/api/customer/\(own)", as: cleo)
        }
        await portal.send("POST", "/api/customer/calendar-feed", as: cleo)
        await portal.send("PUT", "/api/customer/medical-history", ["allergies": ["x"]], as: cleo)
    }
}
