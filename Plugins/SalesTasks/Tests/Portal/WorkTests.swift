import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `The work queue` {
    @Test func `hands out by priority, and gives back what is released or left`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(
                "name,phone,priority\nLow,+493055000001,LOW\nHigh,+493055000002,HIGH\n", to: [centre.oneID])
            let high = try #require(await centre.next(centre.one))
            #expect(high["customer"]?["name"] == "High")
            #expect(high["customer"]?["phone"] == "+493055000002")
            #expect(await centre.next(centre.two) == nil)
            let id = high["workId"]?.string ?? ""
            let foreign = await centre.portal.send("POST", "/representative/work/\(id)/heartbeat", as: centre.two)
            #expect(foreign.status == 404)
            centre.portal.clock.advance(by: .seconds(200))
            let kept = await centre.portal.send("POST", "/representative/work/\(id)/heartbeat", as: centre.one)
            #expect(kept.body["data"]?["leaseUntil"]?.string == (centre.portal.clock.now + .seconds(300)).description)
            let held = await centre.portal.send("GET", "/representative/work", as: centre.one)
            #expect(held.body["data"]?.elements.count == 1)
            let released = await centre.portal.send("POST", "/representative/work/\(id)/release", as: centre.one)
            #expect(released.status == 200)
            let lost = await centre.portal.send("POST", "/representative/work/\(id)/release", as: centre.one)
            #expect(lost.status == 404 || lost.code == "LEASE_LOST")
            let again = try #require(await centre.next(centre.one))
            #expect(again["workId"] == high["workId"])
            centre.portal.clock.advance(by: .seconds(301))
            // Both are waiting again.
            #expect(await centre.next(centre.one)?["customer"]?["name"] == "High")
            #expect(await centre.next(centre.one)?["customer"]?["name"] == "Low")
            #expect(await centre.next(centre.one) == nil)
        }
    }

    @Test func `offers nobody outside of their own calling hours`() async throws {
        try await withCallCentre { centre in
            // 10:00 in Berlin, 04:00 in New York, 18:00 in Tokyo.
            await centre.addTask(
                "name,phone,timezone\nNew York,+493055000001,America/New_York\nTokyo,+813055000002,\n",
                to: [centre.oneID])
            #expect(await centre.next(centre.one)?["customer"]?["name"] == "Tokyo")
            let none = await centre.portal.send("POST", "/representative/work/next", as: centre.one)
            #expect(none.body["data"]?["work"] == .null)
            #expect(none.body["data"]?["callingResumesAt"] == "2027-03-08T14:00:00Z")
            centre.portal.clock.set(try #require(Instant(rfc3339: "2027-03-08T13:59:59Z")))
            #expect(await centre.next(centre.one) == nil)
            centre.portal.clock.set(try #require(Instant(rfc3339: "2027-03-08T14:00:00Z")))
            #expect(await centre.next(centre.one)?["customer"]?["name"] == "New York")
        }
    }

    @Test func `keeps a customer of two tasks in one pair of hands`() async throws {
        try await withCallCentre { centre in
            await centre.addTask("name,phone\nAda,+493055000001\n", title: "One", to: [centre.oneID])
            await centre.addTask("name,phone\nAda,+493055000001\n", title: "Two", to: [centre.twoID])
            let work = try #require(await centre.next(centre.one))
            #expect(await centre.next(centre.two) == nil)
            await centre.complete(centre.completion(of: work, by: centre.oneID), as: centre.one)
            #expect(await centre.next(centre.two)?["customer"]?["name"] == "Ada")
        }
    }

    @Test func `keeps to the pool's skills, to pauses, and to the number of leases`() async throws {
        try await withCallCentre(settings: ["maximumLeases": 2]) { centre in
            let made = await centre.addTask(
                Sheet.customers(4), to: [], [.field("metadata[requiredSkills][]", "dutch")])
            let task = made.body["data"]?["taskId"]?.string ?? ""
            #expect(await centre.next(centre.one) == nil)
            await centre.portal.send(
                "PUT", "/admin/representatives/\(centre.oneID)", ["skills": ["Dutch"]], as: centre.admin)
            await centre.portal.send("POST", "/admin/tasks/\(task)/pause", [:], as: centre.supervisor)
            #expect(await centre.next(centre.one) == nil)
            await centre.portal.send("POST", "/admin/tasks/\(task)/resume", [:], as: centre.supervisor)
            #expect(await centre.next(centre.one) != nil)
            #expect(await centre.next(centre.one) != nil)
            let third = await centre.portal.send("POST", "/representative/work/next", as: centre.one)
            #expect(third.code == "TOO_MANY_LEASES")
        }
    }

    @Test func `leases no customer twice, whoever asks at once`() async throws {
        let asking = 64, each = 16, people = 8, requests = asking * each
        try await withCallCentre(settings: ["maximumLeases": 1000], over: .socket) { centre in
            await centre.addTask(Sheet.customers(requests), to: [])
            var callers: [Caller] = []
            for number in 0..<people {
                callers.append(
                    .person(try await centre.portal.person(email: "rep\(number)@test.example", roles: ["SALES_REP"])))
            }
            let reps = callers
            let leased = await withTaskGroup(of: [String].self) { group in
                for number in 0..<asking {
                    group.addTask {
                        var got: [String] = []
                        for _ in 0..<each {
                            let work = await centre.next(reps[number % people])
                            got += [work?["customer"]?["customerId"]?.string].compactMap { $0 }
                        }
                        return got
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(leased.count == requests)
            #expect(Set(leased).count == leased.count)
        }
    }
}
