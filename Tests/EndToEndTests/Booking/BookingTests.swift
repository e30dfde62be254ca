import Testing

@Suite struct `Booking over the wire` {
    @Test func `signs in by a texted code, books, sees and cancels a visit`() async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100001")
        #expect(person.customer["phone"] == "+15550100001")

        let services = try await demo.send(.get("/api/customer/services")).json(if: 200)
        #expect(services["data"].elements.contains { $0["id"] == "svc_consultation" })
        let slot = try #require(try await demo.slots(daysAhead: 10).first)

        let booked = try await demo.send(.post("/api/customer/appointments", slot.booking).by(person)).json(if: 201)
        let id = try #require(booked["id"].string)
        #expect(booked["startTime"].string == slot.start)
        #expect(booked["status"] == "CONFIRMED")

        let again = try await demo.send(.post("/api/customer/appointments", slot.booking).by(person))
        #expect(again.status == 409)
        #expect(again.json["error"]["code"] == "TIME_SLOT_CONFLICT")
        #expect(!again.json["error"]["details"]["alternatives"].elements.isEmpty)

        let one = try await demo.send(.get("/api/customer/appointments/\(id)").by(person)).json(if: 200)
        #expect(one == booked)
        #expect(try await demo.appointments(of: person).contains(booked))

        let cancelled = try await demo.send(
            HTTPRequest(method: "DELETE", path: "/api/customer/appointments/\(id)").by(person)
        ).json(if: 200)
        #expect(cancelled["status"] == "CANCELLED")
        let now = try await demo.send(.get("/api/customer/appointments/\(id)").by(person)).json(if: 200)
        #expect(now["status"] == "CANCELLED")
        #expect(try await demo.slots(daysAhead: 10).first == slot)
    }

    @Test func `confirms a visit by one text message`() async throws {
        // A process of its own: in the shared one others book for the same person meanwhile.
        let demo = try await PorticoProcess.start()
        let person = try await demo.signIn("+15550100002")
        let slot = try #require(try await demo.slots(daysAhead: 20).first)
        let before = try await demo.messages(to: person.phone).count
        _ = try await demo.send(.post("/api/customer/appointments", slot.booking).by(person)).json(if: 201)
        let messages = try await eventually("a confirmation") {
            let messages = try await demo.messages(to: person.phone)
            return messages.count > before ? messages : nil
        }
        #expect(messages.count == before + 1)
        #expect(messages[0]["body"].string?.contains("is confirmed for") == true)
    }

    @Test func `gives one slot to one of 200 who ask at the same moment`() async throws {
        let demo = try await SharedDemo.process()
        let people = try await demo.customers(9)
        let slot = try #require(try await demo.slots(daysAhead: 30).first)
        let answers = try await together(200) { _ in
            try demo.connect()
        } act: { index, connection in
            try connection.sendNow(.post("/api/customer/appointments", slot.booking).by(people[index % people.count]))
        }
        #expect(answers.filter { $0.status == 201 }.count == 1)
        #expect(answers.filter { $0.status == 409 }.count == 199)
        let codes = Set(answers.filter { $0.status == 409 }.map { $0.json["error"]["code"] })
        #expect(codes == ["TIME_SLOT_CONFLICT"])
        var held = 0
        for person in people {
            held += try await demo.appointments(of: person).filter { $0["startTime"].string == slot.start }.count
        }
        #expect(held == 1)
    }
}
