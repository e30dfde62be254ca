import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `Recording a call` {
    @Test func `answers as seed 004 shows, once`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(2), to: [centre.oneID])
            let work = try #require(await centre.next(centre.one))
            var body = centre.completion(
                of: work, by: centre.oneID,
                [
                    "outcome": "NEEDS_FOLLOWUP", "sentiment": "POSITIVE", "nextFollowUpDate": "2027-03-09T10:00:00Z",
                    "recordedIssues": [["type": "noise", "description": "bad line", "severity": "HIGH"]],
                    "audioQuality": "GOOD", "customerFeedback": ["rating": 4], "notes": "Call back.",
                ])
            body = body.merged(with: ["clientCallId": "c-1"])
            let first = await centre.complete(body, as: centre.one)
            #expect(first.status == 201, "\(first.text)")
            let data = first.body["data"]
            #expect(data?["duration"] == 5 || data?["duration"] == .number(5))
            #expect(
                data?["nextActions"]?.elements.compactMap { $0["type"]?.string } == ["FOLLOW_UP_CALL", "RESOLVE_ISSUE"])
            #expect(data?["nextActions"]?[0]?["deadline"] == "2027-03-09T10:00:00Z")
            #expect(data?["performance"]?["callQualityScore"]?.integer != nil)
            // 0.6 · 1 + 0.4 · ½ − 0.1.
            #expect(data?["performance"]?["sentimentScore"] == .number(0.7))
            let again = await centre.complete(body, as: centre.one)
            #expect(again.status == 201)
            #expect(again.body["data"]?["callId"] == data?["callId"])
            let other = await centre.complete(
                body.merged(with: ["callDetails": ["startTime": "2027-03-08T08:00:00Z", "duration": 60]]),
                as: centre.one)
            #expect(other.code == "RESOURCE_CONFLICT")
            let calls = await centre.portal.send("GET", "/representative/calls", as: centre.one)
            #expect(calls.body["data"]?["pagination"]?["totalItems"] == 1)
            // The callback comes when it was agreed, before all others.
            #expect(await centre.next(centre.one)?["isCallback"] == false)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2027-03-09T10:00:00Z")))
            let callback = try #require(await centre.next(centre.one))
            #expect(callback["isCallback"] == true)
            #expect(callback["customer"]?["history"]?[0]?["disposition"] == "CALLBACK")
        }
    }

    @Test func `is for one's own customers and for true times`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(2))
            let work = try #require(await centre.next(centre.one))
            let body = centre.completion(of: work, by: centre.oneID)
            #expect(await centre.complete(body, as: centre.two).status == 403)
            let asOther = centre.completion(of: work, by: centre.twoID)
            #expect(await centre.complete(asOther, as: centre.two).status == 404)
            func mistakes(_ details: JSON) async -> [String] {
                let answer = await centre.complete(body.merged(with: ["callDetails": details]), as: centre.one)
                #expect(answer.status == 400)
                return answer.body["details"]?["errors"]?.elements.compactMap { $0["field"]?.string } ?? []
            }
            #expect(await mistakes(["duration": 7]) == ["callDetails.duration"])
            #expect(await mistakes(["endTime": "2027-03-08T08:00:00Z"]).contains("callDetails.endTime"))
            #expect(await mistakes(["endTime": "2027-03-08T09:02:00Z", "duration": 7]) == ["callDetails.endTime"])
            #expect(await mistakes(["disposition": "DO_NOT_CALL"]) == ["callDetails.disposition"])
            #expect(await mistakes(["nextFollowUpDate": "2027-03-08T08:59:00Z"]) == ["callDetails.nextFollowUpDate"])
            #expect(await mistakes(["customerInsights": ""]) == ["callDetails.customerInsights"])
            #expect(await mistakes(["customerFeedback": ["rating": 6]]) == ["callDetails.customerFeedback.rating"])
            // Admins and supervisors record for others.
            #expect(await centre.complete(body, as: centre.supervisor).status == 201)
            // A call of a seed client, who takes its customers from the list of tasks.
            let tasks = await centre.portal.send("GET", "/representative/\(centre.twoID)/tasks", as: centre.two)
            let task = tasks.body["data"]?["activeTasks"]?[0]
            let seed: JSON = ["taskId": task?["taskId"] ?? "", "customer": task?["nextCustomer"] ?? [:]]
            #expect(await centre.complete(centre.completion(of: seed, by: centre.twoID), as: centre.two).status == 201)
            let shown = await centre.portal.send(
                "GET", "/representative/\(centre.twoID)/tasks?status=COMPLETED", as: centre.two)
            let progress = shown.body["data"]?["activeTasks"]?[0]?["progress"]
            #expect(progress?["completed"] == 1)
            #expect(shown.body["data"]?["activeTasks"]?[0]?["state"] == "completed")
        }
    }

    @Test func `moves customers on by its disposition`() async throws {
        try await withCallCentre(settings: ["maximumAttempts": 2]) { centre in
            let made = await centre.addTask(Sheet.customers(6), to: [centre.oneID])
            let task = made.body["data"]?["taskId"]?.string ?? ""
            for disposition in ["NO_ANSWER", "BUSY", "WRONG_NUMBER", "DO_NOT_CALL", "NOT_INTERESTED", "VOICEMAIL"] {
                let work = try #require(await centre.next(centre.one))
                let call = await centre.complete(
                    centre.completion(of: work, by: centre.oneID, ["disposition": .string(disposition)]), as: centre.one
                )
                #expect(call.status == 201, "\(call.text)")
            }
            func customers() async -> JSON? {
                await centre.portal.send("GET", "/admin/tasks/\(task)", as: centre.admin).body["data"]?["customers"]
            }
            #expect(await customers()?["queued"] == 3)
            #expect(await customers()?["suppressed"] == 2)
            #expect(await customers()?["done"] == 1)
            #expect(await centre.next(centre.one) == nil)
            let list = await centre.portal.send("GET", "/admin/dnc", as: centre.admin)
            #expect(list.body["data"]?["items"]?.elements.count == 1)
            // Busy comes first, after a quarter of an hour; a second time in vain is the last.
            centre.portal.clock.advance(by: .seconds(15 * 60))
            let busy = try #require(await centre.next(centre.one))
            #expect(busy["attempts"] == 1)
            #expect(await centre.next(centre.one) == nil)
            let second = centre.completion(of: busy, by: centre.oneID, ["disposition": "BUSY"])
            await centre.complete(second, as: centre.one)
            #expect(await customers()?["exhausted"] == 1)
            let late = second.merged(with: ["callDetails": ["startTime": "2027-03-08T09:11:00Z", "duration": 4]])
            #expect(await centre.complete(late, as: centre.one).code == "WORK_IS_OVER")
        }
    }

    @Test func `never reaches who must not be called`() async throws {
        try await withCallCentre { centre in
            await centre.addTask("name,phone\nAda,+493055000001\nBen,+493055000002\n", to: [centre.oneID])
            let ada = try #require(await centre.next(centre.one))
            await centre.portal.send("POST", "/admin/dnc", ["phone": "+493055000001"], as: centre.admin)
            await centre.portal.send("POST", "/admin/dnc", ["phone": "+493055000002"], as: centre.admin)
            #expect(await centre.next(centre.one) == nil)
            let id = ada["workId"]?.string ?? ""
            let beat = await centre.portal.send("POST", "/representative/work/\(id)/heartbeat", as: centre.one)
            #expect(beat.code == "LEASE_LOST")
            // The call was under way: it is not lost.
            let call = await centre.complete(centre.completion(of: ada, by: centre.oneID), as: centre.one)
            #expect(call.status == 201, "\(call.text)")
            let tasks = await centre.portal.send(
                "GET", "/representative/\(centre.oneID)/tasks?status=ALL", as: centre.one)
            #expect(tasks.body["data"]?["activeTasks"]?[0]?["nextCustomer"] == .null)
        }
    }

    @Test func `can be corrected, with before and after in the audit log`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(1), to: [centre.oneID])
            let work = try #require(await centre.next(centre.one))
            let call = await centre.complete(centre.completion(of: work, by: centre.oneID), as: centre.one)
            let id = call.body["data"]?["callId"]?.string ?? ""
            let corrected = await centre.portal.send(
                "PATCH", "/admin/calls/\(id)", ["disposition": "NOT_INTERESTED", "rating": 2], as: centre.supervisor)
            #expect(corrected.body["data"]?["outcome"] == "NOT_INTERESTED", "\(corrected.text)")
            let own = await centre.portal.send("PATCH", "/admin/calls/\(id)", ["rating": 5], as: centre.one)
            #expect(own.status == 403)
            let entry = try #require(await centre.portal.audit.last { $0.action == "call.corrected" })
            #expect(entry.details["before"]?["disposition"] == "SALE")
            #expect(entry.details["after"]?["disposition"] == "NOT_INTERESTED")
            let metrics = await centre.portal.send("GET", "/admin/dashboard/metrics", as: centre.admin)
            let performance = metrics.body["data"]?["performance"]
            #expect(
                performance?["callMetrics"]?["successRate"] == 0
                    || performance?["callMetrics"]?["successRate"] == .number(0))
            let top = metrics.body["data"]?["topPerformers"]?[0]?["metrics"]
            #expect(top?["customerSatisfaction"] == 40 || top?["customerSatisfaction"] == .number(40))
        }
    }
}
