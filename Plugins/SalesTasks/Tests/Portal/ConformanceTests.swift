import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `The plugin as one of many` {
    @Test func `keeps the promises of every plugin`() async {
        #expect(await conformance(of: SalesTasks.self) == [])
    }

    @Test func `keeps them with a call centre at work`() async {
        let findings = await conformance(of: SalesTasks.self, settings: ["maximumLeases": 3]) { portal in
            let centre = try await CallCentre(portal)
            let made = await centre.addTask(Sheet.customers(6) + "broken\r\n", headers: ["Idempotency-Key": "once"])
            await centre.addTask(Sheet.customers(6), headers: ["Idempotency-Key": "once"])
            let task = made.body["data"]?["taskId"]?.string ?? ""
            let imported = made.body["data"]?["customerData"]?["importId"]?.string ?? ""
            for path in [
                "/admin/tasks", "/admin/tasks/\(task)", "/admin/tasks/\(task)/scripts", "/admin/imports/\(imported)",
                "/admin/imports/\(imported)/rejects.csv", "/admin/tasks/\(task)/results.csv", "/admin/customers",
                "/admin/customers?search=bak", "/admin/dashboard/metrics", "/admin/dashboard/team", "/admin/dnc",
                "/admin/representatives", "/representative/\(centre.oneID)/tasks",
                "/representative/\(centre.oneID)/dashboard",
            ] { await portal.send("GET", path, as: centre.admin) }
            await portal.send("GET", "/representative/\(centre.oneID)/tasks", as: centre.one)
            await portal.send("GET", "/representative/\(centre.twoID)/tasks", as: centre.one)
            if let work = await centre.next(centre.one) {
                let id = work["workId"]?.string ?? ""
                await portal.send("POST", "/representative/work/\(id)/heartbeat", as: centre.one)
                await portal.send("GET", "/representative/work", as: centre.one)
                let body = centre.completion(of: work, by: centre.oneID)
                let call = await centre.complete(body, as: centre.one)
                await centre.complete(body, as: centre.one)
                await centre.complete(body, as: centre.two)
                let callID = call.body["data"]?["callId"]?.string ?? ""
                await portal.send("GET", "/representative/calls/\(callID)", as: centre.one)
                await portal.send("GET", "/representative/calls", as: centre.one)
                let disputed = await portal.send(
                    "POST", "/representative/calls/\(callID)/dispute", ["reason": "It was better."], as: centre.one)
                await portal.send("GET", "/representative/disputes", as: centre.one)
                await portal.send("GET", "/representative/disputes", as: centre.supervisor)
                let disputeID = disputed.body["data"]?["disputeId"]?.string ?? ""
                await portal.send(
                    "POST", "/admin/disputes/\(disputeID)/decide",
                    ["decision": "uphold", "explanation": "It was not."],
                    as: centre.supervisor)
                await portal.send(
                    "PATCH", "/admin/calls/\(callID)", ["disposition": "NOT_INTERESTED"], as: centre.supervisor)
            }
            for _ in 0..<4 { _ = await centre.next(centre.two) }
            if let work = await centre.next(centre.one) {
                let id = work["workId"]?.string ?? ""
                await portal.send("POST", "/representative/work/\(id)/release", as: centre.one)
                await portal.send("POST", "/representative/work/\(id)/release", as: centre.one)
            }
            await portal.send("POST", "/admin/tasks/\(task)/pause", [:], as: centre.admin)
            await portal.send("POST", "/admin/tasks/\(task)/pause", [:], as: centre.admin)
            await portal.send("POST", "/admin/tasks/\(task)/resume", [:], as: centre.admin)
            await portal.send("PATCH", "/admin/tasks/\(task)", ["priority": "HIGH"], as: centre.admin)
            await portal.send("POST", "/admin/tasks/\(task)/rebalance", as: centre.admin)
            await portal.send(
                "POST", "/admin/tasks/\(task)/assign", ["assignedSalesReps": [.string(centre.oneID)]], as: centre.admin)
            let script = await portal.send("POST", "/admin/tasks/\(task)/scripts", ["generate": true], as: centre.admin)
            let scriptID = script.body["data"]?["scriptId"]?.string ?? ""
            await portal.send("POST", "/admin/scripts/\(scriptID)/approve", as: centre.admin)
            await portal.send("GET", "/admin/scripts/\(scriptID)", as: centre.admin)
            let job = await portal.send("POST", "/admin/tasks/\(task)/scripts/generate", as: centre.admin)
            await portal.work()
            let jobID = job.body["data"]?["id"]?.string ?? ""
            await portal.send("GET", "/admin/script-drafts/\(jobID)", as: centre.admin)
            let draft: JSON = ["title": "Draft", "description": "Later", "uniqueProposition": "New"]
            let drafted = await portal.send("POST", "/admin/tasks", draft, as: centre.admin)
            let draftID = drafted.body["data"]?["taskId"]?.string ?? ""
            await portal.send(
                "POST", "/admin/tasks/\(draftID)/schedule", ["startsAt": "2027-03-09T09:00:00Z"], as: centre.admin)
            await portal.send("POST", "/admin/dnc", ["phone": "+493055000001"], as: centre.admin)
            await portal.send("POST", "/admin/dnc", ["phone": "+493055000001"], as: centre.admin)
            await portal.send("DELETE", "/admin/dnc/+493055000001", as: centre.admin)
            await portal.work()
        }
        #expect(findings == [])
    }
}
