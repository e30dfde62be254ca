import Testing

@Suite struct `An Idempotency-Key` {
    private func booking(_ slot: OpenSlot, _ person: SignedIn, key: String) -> HTTPRequest {
        .post("/api/customer/appointments", slot.booking, ("Idempotency-Key", key)).by(person)
    }

    @Test func `books once and answers the same the second time`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100003")
        let slot = try #require(try await demo.slots(daysAhead: 40).first)
        let first = try await demo.send(booking(slot, person, key: "twice"))
        let second = try await demo.send(booking(slot, person, key: "twice"))
        #expect(first.status == 201)
        #expect(second.status == 201)
        #expect(second.body == first.body)
        let held = try await demo.appointments(of: person).filter { $0["startTime"].string == slot.start }
        #expect(held.count == 1)
    }

    @Test func `used again with another body is refused`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100004")
        let slots = try await demo.slots(daysAhead: 50)
        let first = try await demo.send(booking(slots[0], person, key: "other body"))
        #expect(first.status == 400, "a key is without spaces")
        _ = try await demo.send(booking(slots[0], person, key: "other-body")).json(if: 201)
        let second = try await demo.send(booking(slots[1], person, key: "other-body"))
        #expect(second.status == 422)
    }

    @Test func `sent many times at once books once`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100005")
        let slot = try #require(try await demo.slots(daysAhead: 60).first)
        let request = booking(slot, person, key: "at-once")
        let answers = try await together(20) { _ in
            try demo.connect()
        } act: { _, connection in
            try connection.sendNow(request)
        }
        // Whoever comes while the first still runs is told so; whoever comes later gets the first one's answer.
        #expect(answers.allSatisfy { [201, 409].contains($0.status) })
        #expect(Set(answers.filter { $0.status == 201 }.map(\.body)).count == 1)
        let refused = Set(answers.filter { $0.status == 409 }.map { $0.json["error"]["code"] })
        #expect(refused.isSubset(of: ["RESOURCE_CONFLICT"]))
        let held = try await demo.appointments(of: person).filter { $0["startTime"].string == slot.start }
        #expect(held.count == 1)
    }

    @Test func `holds across a kill`() async throws {
        let place = try DemoPlace()
        let before = try await PorticoProcess.start(place)
        let person = try await before.signIn()
        let slot = try #require(try await before.slots(daysAhead: 10).first)
        let first = try await before.send(booking(slot, person, key: "across-a-kill"))
        #expect(first.status == 201)
        try await before.kill()

        let after = try await PorticoProcess.start(place)
        let second = try await after.send(booking(slot, person, key: "across-a-kill"))
        #expect(second.status == 201)
        #expect(second.body == first.body)
        let held = try await after.appointments(of: person).filter { $0["startTime"].string == slot.start }
        #expect(held.count == 1)
    }
}
