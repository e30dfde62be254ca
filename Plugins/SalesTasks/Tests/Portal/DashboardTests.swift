import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `The dashboard` {
    /// A call as the test remembers it.
    private struct Made {
        let rep: String
        let customer: String
        let end: Instant
        let seconds: Int
        let sale: Bool
        let sentiment: String?
        let rating: Int?
    }

    private static func number(_ json: JSON?) -> Double? {
        switch json {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    @Test func `shows what a recount of all calls shows, in any zone, on days when clocks change too`() async throws {
        try await withCallCentre(settings: ["maximumAttempts": 50]) { centre in
            centre.portal.clock.set(try #require(Instant(rfc3339: "2027-04-20T12:00:00Z")))
            await centre.addTask(Sheet.customers(8))
            var customers: [(rep: String, task: JSON, id: String)] = []
            for (caller, id) in [(centre.one, centre.oneID), (centre.two, centre.twoID)] {
                while let work = await centre.next(caller) {
                    customers.append((id, work["taskId"] ?? "", work["customer"]?["customerId"]?.string ?? ""))
                }
            }
            #expect(customers.count == 8)
            var made: [Made] = []
            var generator = SystemRandomNumberGenerator()
            let first = try #require(Instant(rfc3339: "2026-10-20T00:00:00Z"))
            for number in 0..<260 {
                let customer = customers[number % customers.count]
                // Every fifth ends on a quarter of an hour, where rows begin.
                var offset = Int.random(in: 0..<182 * 86_400, using: &generator)
                if number % 5 == 0 { offset -= offset % 900 }
                let end = first + .seconds(offset)
                let seconds = Int.random(in: 0...3600, using: &generator)
                let sentiment = [nil, "POSITIVE", "NEUTRAL", "NEGATIVE"].randomElement(using: &generator) ?? nil
                let rating = Bool.random(using: &generator) ? Int.random(in: 1...5, using: &generator) : nil
                // The last call of a customer may close it.
                let sale = number >= 252
                var details: JSON.Members = [
                    "startTime": .string((end - .seconds(seconds)).description), "endTime": .string(end.description),
                    "duration": .number(Double(seconds) / 60), "customerInsights": "Talked.",
                    "outcome": sale ? "SUCCESSFUL" : "NEEDS_FOLLOWUP",
                ]
                if let sentiment { details["sentiment"] = .string(sentiment) }
                if let rating { details["customerFeedback"] = ["rating": .integer(Int64(rating))] }
                let answer = await centre.complete(
                    [
                        "taskId": customer.task, "salesId": .string(customer.rep), "customerId": .string(customer.id),
                        "callDetails": .object(details),
                    ], as: number % 2 == 0 ? centre.admin : centre.supervisor)
                #expect(answer.status == 201, "\(answer.text)")
                made.append(
                    Made(
                        rep: customer.rep, customer: customer.id, end: end, seconds: seconds, sale: sale,
                        sentiment: sentiment, rating: rating))
            }
            let days = [
                "2026-10-20", "2026-10-25", "2026-10-26", "2026-11-01", "2026-11-02", "2027-03-14", "2027-03-15",
                "2027-03-28", "2027-03-29", "2027-04-04", "2027-04-05", "2027-04-20",
            ]
            let zones = [
                "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns",
                "Pacific/Chatham",
            ]
            for name in zones {
                let zone = try Zone(named: name)
                for _ in 0..<6 {
                    let two = [days.randomElement(using: &generator), days.randomElement(using: &generator)]
                        .compactMap { $0 }.sorted()
                    let (from, to) = (try #require(Day(iso8601: two[0])), try #require(Day(iso8601: two[1])))
                    let query = "startDate=\(two[0])&endDate=\(two[1])&timeZone=\(name)"
                    let (start, end) = (zone.startOfDay(from), zone.startOfDay(to + 1))
                    try await compare(centre, query, made.filter { $0.end >= start && $0.end < end })
                }
                // And one that begins and ends anywhere.
                let start = first + .seconds(Int.random(in: 0..<90 * 86_400, using: &generator))
                let end = start + .seconds(Int.random(in: 0..<90 * 86_400, using: &generator))
                try await compare(
                    centre, "startDate=\(start)&endDate=\(end)&timeZone=\(name)",
                    made.filter { $0.end >= start && $0.end < end })
            }
        }
    }

    private func compare(_ centre: CallCentre, _ query: String, _ calls: [Made]) async throws {
        let answer = await centre.portal.send("GET", "/admin/dashboard/metrics?\(query)", as: centre.admin)
        #expect(answer.status == 200, "\(answer.text)")
        let performance = answer.body["data"]?["performance"]
        let metrics = performance?["callMetrics"], customers = performance?["customerMetrics"]
        func same(_ json: JSON?, _ value: Double, _ what: String) {
            let shown = Self.number(json) ?? .nan
            #expect(abs(shown - value) < 0.0051, "\(what) with \(query): \(shown), not \(value)")
        }
        let count = Double(calls.count)
        let minutes = Double(calls.reduce(0) { $0 + $1.seconds }) / 60
        let sales = Double(calls.count { $0.sale })
        same(metrics?["totalCalls"], count, "calls")
        same(metrics?["totalDuration"], minutes, "minutes")
        same(metrics?["averageCallDuration"], count == 0 ? 0 : minutes / count, "average")
        same(metrics?["successRate"], count == 0 ? 0 : 100 * sales / count, "rate")
        same(customers?["contactedCustomers"], Double(Set(calls.map(\.customer)).count), "contacted")
        same(customers?["successfulConversions"], sales, "conversions")
        same(customers?["totalCustomers"], 8, "customers")
        let felt = Double(calls.count { $0.sentiment != nil })
        for word in ["positive", "neutral", "negative"] {
            let some = Double(calls.count { $0.sentiment == word.uppercased() })
            same(performance?["sentimentAnalysis"]?[word], felt == 0 ? 0 : 100 * some / felt, word)
        }
        let performers = answer.body["data"]?["topPerformers"]?.elements ?? []
        #expect(Set(performers.compactMap { $0["salesId"]?.string }) == Set(calls.map(\.rep)))
        for performer in performers {
            let own = calls.filter { $0.rep == performer["salesId"]?.string }
            let ratings = own.compactMap(\.rating)
            same(performer["metrics"]?["callsCompleted"], Double(own.count), "own calls")
            if ratings.isEmpty {
                #expect(performer["metrics"]?["customerSatisfaction"] == .null)
            } else {
                let mean = Double(ratings.reduce(0, +)) / Double(ratings.count)
                same(performer["metrics"]?["customerSatisfaction"], mean * 20, "satisfaction")
            }
        }
    }

    @Test func `has metadata beside its data, and a period of 30 days`() async throws {
        try await withCallCentre { centre in
            let answer = await centre.portal.send(
                "GET", "/admin/dashboard/metrics?timeZone=Europe/Berlin", as: centre.supervisor)
            #expect(answer.body["status"] == "success")
            #expect(answer.body["metadata"]?["timeZone"] == "Europe/Berlin")
            #expect(answer.body["metadata"]?["period"]?["start"] == "2027-02-06T23:00:00Z")
            #expect(answer.body["metadata"]?["period"]?["end"] == "2027-03-08T23:00:00Z")
            #expect(answer.body["data"]?["overview"]?["totalRepresentatives"] == 2)
            #expect(answer.body["data"]?["overview"]?["activeRepresentatives"] == 0)
            // Who signs in is at work, though they have called nobody yet.
            _ = try await centre.portal.token(of: centre.two)
            await centre.portal.work()
            let signedIn = await centre.portal.send("GET", "/admin/dashboard/metrics", as: centre.admin)
            #expect(signedIn.body["data"]?["overview"]?["activeRepresentatives"] == 1)
            _ = await centre.next(centre.one)
            let after = await centre.portal.send("GET", "/admin/dashboard/metrics", as: centre.admin)
            #expect(after.body["data"]?["overview"]?["activeRepresentatives"] == 2)
            #expect(await centre.portal.send("GET", "/admin/dashboard/metrics", as: centre.one).status == 403)
            let wrong = await centre.portal.send(
                "GET", "/admin/dashboard/metrics?startDate=2027-03-02&endDate=2027-03-01T00:00:00Z", as: centre.admin)
            #expect(wrong.status == 400)
        }
    }

    @Test func `tells representatives of themselves alone`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(6), to: [centre.oneID])
            for number in 0..<5 {
                let work = try #require(await centre.next(centre.one))
                let outcome: JSON = number < 2 ? "SUCCESSFUL" : "NOT_INTERESTED"
                await centre.complete(
                    centre.completion(of: work, by: centre.oneID, ["outcome": outcome, "sentiment": "POSITIVE"]),
                    as: centre.one)
            }
            let own = await centre.portal.send("GET", "/representative/\(centre.oneID)/dashboard", as: centre.one)
            #expect(own.body["data"]?["today"]?["callsToday"] == 5)
            #expect(Self.number(own.body["data"]?["skillsScore"]?["persuasion"]) == 40)
            #expect(Self.number(own.body["data"]?["skillsScore"]?["empathy"]) == 100)
            let foreign = await centre.portal.send("GET", "/representative/\(centre.twoID)/dashboard", as: centre.one)
            #expect(foreign.status == 403)
            let nobody = await centre.portal.send("GET", "/representative/usr_nobody/tasks", as: centre.admin)
            #expect(nobody.status == 404)
            let two = await centre.portal.send(
                "GET", "/representative/\(centre.twoID)/dashboard", as: centre.supervisor)
            #expect(two.body["data"]?["skillsScore"]?["communication"] == .null)
            let team = await centre.portal.send("GET", "/admin/dashboard/team", as: centre.supervisor)
            #expect(team.body["data"]?.elements.count == 2)
        }
    }
}
