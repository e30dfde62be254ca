import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `What is kept` {
    private static func calls(_ centre: CallCentre, _ query: String) async -> JSON? {
        let answer = await centre.portal.send("GET", "/admin/dashboard/metrics?\(query)", as: centre.admin)
        return answer.body["data"]?["performance"]?["callMetrics"]?["totalCalls"]
    }

    @Test func `is calls for two years, what they add up to for five, and reject files for 90 days`() async throws {
        try await withCallCentre { centre in
            let made = await centre.addTask(Sheet.customers(1) + "Bad,1,,,\r\n", to: [centre.oneID])
            let imported = made.body["data"]?["customerData"]?["importId"]?.string ?? ""
            let work = try #require(await centre.next(centre.one))
            await centre.complete(centre.completion(of: work, by: centre.oneID), as: centre.one)
            func kept() async -> (calls: JSON?, sums: JSON?, rejects: Int?) {
                await centre.portal.run(job: "trim")
                await centre.portal.work()
                let calls = await centre.portal.send("GET", "/representative/calls", as: centre.admin)
                let shown = await centre.portal.send("GET", "/admin/imports/\(imported)", as: centre.admin)
                return (
                    calls.body["data"]?["pagination"]?["totalItems"],
                    await Self.calls(centre, "startDate=2027-03-08&endDate=2027-03-08"),
                    shown.body["data"]?["customerData"]?["invalidEntries"]?.elements.count
                )
            }
            var now = await kept()
            #expect(now.calls == 1 && now.sums == 1 && now.rejects == 1)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2027-06-07T12:00:00Z")))
            now = await kept()
            #expect(now.calls == 1 && now.sums == 1 && now.rejects == 0)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2029-03-08T09:00:00Z")))
            now = await kept()
            #expect(now.calls == 1 && now.sums == 1)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2029-03-09T09:00:00Z")))
            now = await kept()
            #expect(now.calls == 0 && now.sums == 1)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2032-05-01T09:00:00Z")))
            now = await kept()
            #expect(now.sums == 0)
        }
    }

    @Test func `is nothing of a customer who is erased, but that they must not be called`() async throws {
        try await withCallCentre { centre in
            await centre.addTask("name,phone\nAda,+493055000001\nBen,+493055000002\n", to: [centre.oneID])
            let ada = try #require(await centre.next(centre.one))
            let id = ada["customer"]?["customerId"]?.string ?? ""
            let held = await centre.portal.send("DELETE", "/admin/customers/\(id)", as: centre.admin)
            #expect(held.code == "CUSTOMER_IN_HANDS")
            await centre.complete(
                centre.completion(of: ada, by: centre.oneID, ["disposition": "DO_NOT_CALL", "notes": "Ada is cross."]),
                as: centre.one)
            let erased = await centre.portal.send("DELETE", "/admin/customers/\(id)", as: centre.admin)
            #expect(erased.status == 204, "\(erased.text)")
            #expect(await centre.portal.send("GET", "/admin/customers/\(id)", as: centre.admin).status == 404)
            let found = await centre.portal.send("GET", "/admin/customers?search=ada", as: centre.admin)
            #expect(found.body["data"]?["pagination"]?["totalItems"] == 0)
            let calls = await centre.portal.send("GET", "/representative/calls", as: centre.admin)
            #expect(calls.body["data"]?["pagination"]?["totalItems"] == 1)
            #expect(!calls.text.contains("cross") && !calls.text.contains(id))
            let list = await centre.portal.send("GET", "/admin/dnc", as: centre.admin)
            #expect(list.text.contains("+493055000001"))
            let metrics = await centre.portal.send("GET", "/admin/dashboard/metrics", as: centre.admin)
            let customers = metrics.body["data"]?["performance"]?["customerMetrics"]
            #expect(customers?["totalCustomers"] == 1 && customers?["contactedCustomers"] == 0)
        }
    }

    @Test func `is what is to be done after a call, until it is done`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(1), to: [centre.oneID])
            let work = try #require(await centre.next(centre.one))
            let issue: JSON = ["type": "invoice", "description": "Two were sent", "severity": "LOW"]
            await centre.complete(
                centre.completion(of: work, by: centre.oneID, ["outcome": "SUCCESSFUL", "recordedIssues": [issue]]),
                as: centre.one)
            func open(_ caller: Caller) async -> [JSON] {
                await centre.portal.send("GET", "/representative/actions", as: caller).body["data"]?["items"]?.elements
                    ?? []
            }
            #expect(await open(centre.one).compactMap { $0["type"]?.string } == ["SEND_CONFIRMATION", "RESOLVE_ISSUE"])
            #expect(await open(centre.two).isEmpty)
            #expect(await open(centre.supervisor).count == 2)
            let id = await open(centre.one).first?["actionId"]?.string ?? ""
            let path = "/representative/actions/\(id)/done"
            #expect(await centre.portal.send("POST", path, as: centre.two).status == 404)
            #expect(await centre.portal.send("POST", path, as: centre.one).status == 200)
            #expect(await open(centre.one).compactMap { $0["type"]?.string } == ["RESOLVE_ISSUE"])
        }
    }
}
