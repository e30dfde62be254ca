import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `Tasks` {
    @Test func `start when they are scheduled`() async throws {
        try await withCallCentre { centre in
            let draft: JSON = ["title": "Later", "description": "Later", "uniqueProposition": "New"]
            let made = await centre.portal.send("POST", "/admin/tasks", draft, as: centre.admin)
            let id = made.body["data"]?["taskId"]?.string ?? ""
            #expect(made.body["data"]?["state"] == "draft")
            let path = "/admin/tasks/\(id)"
            await centre.portal.send(
                "POST", "\(path)/imports",
                form: [.file("customersFile", "c.csv", Array(Sheet.customers(2).utf8), type: "text/csv")],
                as: centre.admin)
            await centre.portal.send(
                "POST", "\(path)/assign", ["assignedSalesReps": [.string(centre.oneID)]], as: centre.admin)
            let past = await centre.portal.send(
                "POST", "\(path)/schedule", ["startsAt": "2027-03-08T08:00:00Z"], as: centre.admin)
            #expect(past.status == 400)
            await centre.portal.send(
                "POST", "\(path)/schedule", ["startsAt": "2027-03-08T10:00:00Z"], as: centre.admin)
            #expect(await centre.next(centre.one) == nil)
            let pending = await centre.portal.send(
                "GET", "/representative/\(centre.oneID)/tasks?status=PENDING", as: centre.one)
            #expect(pending.body["data"]?["activeTasks"]?.elements.count == 1)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2027-03-08T10:00:00Z")))
            await centre.portal.work()
            #expect(await centre.next(centre.one) != nil)
            let events = await centre.portal.events.filter { $0.name == "sales-tasks.task-updated" }
            #expect(events.contains { $0.payload["updateType"] == "STATE_CHANGE" })
        }
    }

    @Test func `are dealt anew among those who are left`() async throws {
        try await withCallCentre { centre in
            let made = await centre.addTask(Sheet.customers(10))
            let id = made.body["data"]?["taskId"]?.string ?? ""
            let held = try #require(await centre.next(centre.two))
            let assigned = await centre.portal.send(
                "POST", "/admin/tasks/\(id)/assign", ["assignedSalesReps": [.string(centre.oneID)]], as: centre.admin)
            #expect(assigned.status == 200)
            let reps = assigned.body["data"]?["assignedReps"]?.elements ?? []
            #expect(reps.compactMap { $0["assignedCustomers"]?.integer } == [9])
            // What is in hands stays there.
            #expect(await centre.complete(centre.completion(of: held, by: centre.twoID), as: centre.two).status == 201)
            var count = 0
            while await centre.next(centre.one) != nil { count += 1 }
            #expect(count == 9)
        }
    }

    @Test func `have scripts with versions, of which one is read`() async throws {
        try await withCallCentre { centre in
            let made = await centre.addTask(
                Sheet.customers(1), to: [centre.oneID], [.field("script", "Hello."), .field("generateScript", "true")])
            let id = made.body["data"]?["taskId"]?.string ?? ""
            func read() async -> JSON? {
                await centre.portal.send("GET", "/representative/\(centre.oneID)/tasks", as: centre.one)
                    .body["data"]?["activeTasks"]?[0]?["script"]
            }
            #expect(await read() == "Hello.")
            let versions = await centre.portal.send("GET", "/admin/tasks/\(id)/scripts", as: centre.supervisor)
            let states = versions.body["data"]?.elements.compactMap { $0["state"]?.string }
            #expect(states == ["draft", "approved"])
            let generated = versions.body["data"]?[0]?["scriptId"]?.string ?? ""
            await centre.portal.send("POST", "/admin/scripts/\(generated)/approve", as: centre.supervisor)
            #expect(await read() == made.body["data"]?["generatedScript"])
            #expect(
                await centre.portal.send("POST", "/admin/scripts/\(generated)/approve", as: centre.one).status == 403)
        }
    }

    @Test func `have customers that are found by words and by number`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(
                "name,phone,description\nZoë Müller,+493055000001,Family bakery\nBen,+493055000002,\"Law \"\"office\"\"\"\n"
            )
            func found(_ search: String) async -> [String] {
                let answer = await centre.portal.send("GET", "/admin/customers?search=\(search)", as: centre.admin)
                #expect(answer.status == 200, "\(search): \(answer.text)")
                return answer.body["data"]?["items"]?.elements.compactMap { $0["name"]?.string } ?? []
            }
            #expect(await found("bak") == ["Zoë Müller"])
            #expect(await found("zoe+muller".replacing("+", with: "%20")) == ["Zoë Müller"])
            #expect(await found("%2B493055000002") == ["Ben"])
            #expect(await found("%22office%22%20OR%20NOT%20*%20NEAR(") == [])
            #expect(await found("-%20*%22%27") == [])
            let list = await centre.portal.send("GET", "/admin/customers", as: centre.admin)
            let id = list.body["data"]?["items"]?[0]?["customerId"]?.string ?? ""
            let changed = await centre.portal.send(
                "PATCH", "/admin/customers/\(id)", ["description": "Notary", "timeZone": "Asia/Tokyo"], as: centre.admin
            )
            #expect(changed.body["data"]?["timeZones"] == ["Asia/Tokyo"], "\(changed.text)")
            #expect(await found("notary") == ["Ben"])
            #expect(await found("law") == [])
        }
    }

    @Test func `come back as a spreadsheet in which nothing is a formula`() async throws {
        try await withCallCentre { centre in
            let made = await centre.addTask("name,phone\n=2+3,+493055000001\n", to: [centre.oneID])
            let work = try #require(await centre.next(centre.one))
            await centre.complete(
                centre.completion(of: work, by: centre.oneID, ["outcome": "SUCCESSFUL", "notes": "@SUM(A1)"]),
                as: centre.one)
            let id = made.body["data"]?["taskId"]?.string ?? ""
            let file = await centre.portal.send("GET", "/admin/tasks/\(id)/results.csv", as: centre.admin)
            #expect(file.text.contains("\r\n'=2+3,+493055000001,"), "\(file.text)")
            #expect(file.text.contains(",'@SUM(A1),"))
        }
    }
}
