import Synchronization
import Testing

@Suite struct `A kill in the middle of bookings` {
    /// What one client knows: which bookings it tried, and what it was told.
    private struct Attempt: Sendable {
        let person: Int
        let key: String
        let slot: OpenSlot
        /// The booking's id; nil when the answer never came.
        var acknowledged: String?
    }

    @Test func `loses nothing that was acknowledged, and every confirmation is sent once`() async throws {
        let place = try DemoPlace()
        let before = try await PorticoProcess.start(place)
        let people = try await before.customers(4)
        let slots = try await before.slots(daysAhead: 10)
        let perPerson = min(20, slots.count / people.count)
        #expect(perPerson >= 5)
        // The demo's own visits have nothing to do with this, nor have their messages.
        var earlier: Set<JSON> = []
        var earlierMessages: Set<JSON> = []
        for person in people {
            earlier.formUnion(try await before.appointments(of: person).map { $0["id"] })
            earlierMessages.formUnion(try await before.messages(to: person.phone).map { $0["id"] })
        }
        let (known, knownMessages) = (earlier, earlierMessages)

        // Each of four clients books its own slots, one after another, until the program is gone.
        let acknowledgements = Atomic<Int>(0)
        async let clients = together(people.count) { _ in
            try before.connect()
        } act: { person, connection -> [Attempt] in
            var attempts: [Attempt] = []
            for number in 0..<perPerson {
                // Next to each other stand slots of one start, so that nobody gets two of them.
                let slot = slots[number * people.count + person]
                var attempt = Attempt(person: person, key: "kill-\(person)-\(number)", slot: slot)
                let request = HTTPRequest.post(
                    "/api/customer/appointments", slot.booking, ("Idempotency-Key", attempt.key)
                ).by(people[person])
                let answer = try? connection.sendNow(request)
                if let answer, answer.status == 201 {
                    attempt.acknowledged = answer.json["id"].string
                    acknowledgements.add(1, ordering: .relaxed)
                } else if let answer {
                    throw Failure("a booking got \(answer.status): \(answer.text)")
                }
                attempts.append(attempt)
                if answer == nil { break }
            }
            return attempts
        }
        // In the middle: some are acknowledged, and the clients go on.
        while acknowledgements.load(ordering: .relaxed) < perPerson, before.isRunning { await Task.yield() }
        try await before.kill()
        let attempts = try await clients.flatMap(\.self)
        let acknowledged = attempts.compactMap(\.acknowledged)
        #expect(acknowledged.count >= perPerson)
        #expect(Set(acknowledged).count == acknowledged.count)

        // Nobody has asked for a tenant yet: what was unsent is sent because it is due.
        let after = try await PorticoProcess.start(place)
        var held: [JSON] = []
        for (index, person) in people.enumerated() {
            let mine = try await after.appointments(of: person).filter { !known.contains($0["id"]) }
            held += mine
            let wanted = attempts.filter { $0.person == index }.compactMap(\.acknowledged).sorted()
            let present = mine.compactMap { $0["id"].string }
            #expect(wanted.allSatisfy { id in present.filter { $0 == id }.count == 1 })
        }
        // At most the one that was under way for each client is there without having been acknowledged.
        #expect(held.count <= acknowledged.count + people.count)
        let taken = held.map { [$0["practitionerId"], $0["startTime"]] }
        #expect(Set(taken).count == taken.count)

        // A client that never got its answer asks again, and has the booking once.
        for attempt in attempts where attempt.acknowledged == nil {
            let request = HTTPRequest.post(
                "/api/customer/appointments", attempt.slot.booking, ("Idempotency-Key", attempt.key)
            ).by(people[attempt.person])
            let answer = try await after.send(request).json(if: 201)
            let same = try await after.appointments(of: people[attempt.person]).filter { $0["id"] == answer["id"] }
            #expect(same.count == 1)
        }

        for (index, person) in people.enumerated() {
            let visits = try await after.appointments(of: person).count { !known.contains($0["id"]) }
            #expect(visits == attempts.filter { $0.person == index }.count)
            let confirmations = try await eventually("every confirmation of \(person.phone)") {
                let sent = try await after.messages(to: person.phone).filter { !knownMessages.contains($0["id"]) }
                    .compactMap { $0["body"].string }.filter { $0.contains("is confirmed for") }
                return sent.count >= visits ? sent : nil
            }
            // Each names another time, so equal words would be one message captured twice.
            #expect(confirmations.count == visits)
            #expect(Set(confirmations).count == visits)
        }
    }
}
