import Synchronization
import Testing

@Suite struct `A kill in the middle of calls` {
    /// What a client knows: whom it was given, and what it was told of the call.
    private struct Attempt: Sendable {
        let person: Int
        let work: JSON
        let key: String
        var call: String?
    }

    @Test func `loses no call that was acknowledged, and leaves nobody in two pairs of hands`() async throws {
        let floor = try CallFloor()
        let before = try await PorticoProcess.start(floor.place)
        let admin = try await before.signIn(username: "admin", at: "/admin/login")
        let people = [try await before.signIn(username: "rep.one"), try await before.signIn(username: "rep.two")]
        _ = try await before.addTask("Everybody's", CustomerFile.text(2000), to: [], by: admin)
        let known = try await Self.calls(before, by: admin).count

        let acknowledged = Atomic<Int>(0)
        async let clients = together(4) { _ in
            try before.connect(CallFloor.slug)
        } act: { client, connection -> [Attempt] in
            let person = people[client % 2]
            var attempts: [Attempt] = []
            for number in 0..<400 {
                let take = person.asks(HTTPRequest(method: "POST", path: "/representative/work/next"))
                guard let answer = try? connection.sendNow(take) else { break }
                guard answer.status == 200 else { throw Failure("work got \(answer.status): \(answer.text)") }
                let work = answer.json["data"]["work"]
                var attempt = Attempt(person: client % 2, work: work, key: "kill-\(client)-\(number)")
                let record = HTTPRequest.post(
                    "/representative/call-completion", JustCalled.body(work, by: person, id: attempt.key))
                let recorded = try? connection.sendNow(person.asks(record))
                if let recorded {
                    guard recorded.status == 201 else {
                        throw Failure("a call got \(recorded.status): \(recorded.text)")
                    }
                    attempt.call = recorded.json["data"]["callId"].string
                    acknowledged.add(1, ordering: .relaxed)
                }
                attempts.append(attempt)
                if recorded == nil { break }
            }
            return attempts
        }
        while acknowledged.load(ordering: .relaxed) < 100, before.isRunning { await Task.yield() }
        try await before.kill()
        let attempts = try await clients.flatMap(\.self)
        #expect(attempts.count { $0.call != nil } >= 100)
        let customers = attempts.compactMap { $0.work["customer"]["customerId"].string }
        #expect(Set(customers).count == attempts.count)

        let after = try await PorticoProcess.start(floor.place)
        let held = try await people.asyncMap { try await after.data("/representative/work", by: $0).elements }
        let hands = held.map { Set($0.compactMap { $0["customer"]["customerId"].string }) }
        #expect(hands[0].isDisjoint(with: hands[1]))
        let calls = Set(try await Self.calls(after, by: admin).compactMap { $0["callId"].string })
        #expect(attempts.compactMap(\.call).allSatisfy { calls.contains($0) })
        // A call is there with all that follows from it, or not at all.
        for attempt in attempts {
            let customer = attempt.work["customer"]["customerId"].string ?? ""
            #expect(attempt.call == nil || !hands[attempt.person].contains(customer))
        }
        // Who never got an answer asks again; the call is there once.
        for attempt in attempts where attempt.call == nil {
            let person = people[attempt.person]
            let record = HTTPRequest.post(
                "/representative/call-completion", JustCalled.body(attempt.work, by: person, id: attempt.key))
            _ = try await after.send(person.asks(record), to: CallFloor.slug).json(if: 201)
        }
        let total = try await Self.calls(after, by: admin).count
        #expect(total == known + attempts.count)
        let metrics = try await after.data(
            "/admin/dashboard/metrics?startDate=2026-03-02&endDate=2026-03-02", by: admin)
        #expect(metrics["performance"]["callMetrics"]["totalCalls"].number == Double(attempts.count))
        #expect(metrics["performance"]["customerMetrics"]["successfulConversions"].number == Double(attempts.count))
    }

    private static func calls(_ process: PorticoProcess, by admin: SalesPerson) async throws -> [JSON] {
        var calls: [JSON] = []
        for page in 1...100 {
            let data = try await process.data("/representative/calls?limit=100&page=\(page)", by: admin)
            calls += data["items"].elements
            if data["pagination"]["hasNext"] != .bool(true) { break }
        }
        return calls
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async throws -> [T] {
        var mapped: [T] = []
        for element in self { mapped.append(try await transform(element)) }
        return mapped
    }
}
