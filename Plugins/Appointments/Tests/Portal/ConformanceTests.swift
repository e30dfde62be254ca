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
        }
        #expect(findings == [])
    }
}
