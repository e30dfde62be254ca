import FoundationEssentials
import Testing
import Time

@Suite struct `A clinic over the wire` {
    @Test func `is run by its people from a patient's record to the visit's end`() async throws {
        let demo = try await SharedDemo.process()
        let desk = try await demo.signIn(email: "admin@lumen.example")
        let practitioner = try await demo.signIn(email: "practitioner@lumen.example")

        let new = #"{"firstName":"Nele","lastName":"Wagner","phone":"+15550100771","practiceId":"brn_newyork"}"#
        let patient = try await demo.send(.post("/v1/patients", new).by(token: desk)).json(if: 201)
        let patientID = try #require(patient["id"].string)
        let twice = try await demo.send(.post("/v1/patients", new).by(token: desk))
        #expect(twice.status == 409)
        #expect(twice.field("deprecation")?.hasPrefix("@") == true)
        // Who only reads patients adds none.
        #expect(try await demo.send(.post("/v1/patients", new).by(token: practitioner)).status == 403)
        let found = try await demo.send(.get("/v1/patients?search=wagner").by(token: practitioner)).json(if: 200)
        #expect(found["data"].elements.contains { $0["id"].string == patientID })

        let slot = try #require(try await demo.slots(daysAhead: 40).first)
        let body =
            #"{"patientId":"\#(patientID)","serviceId":"svc_consultation","practitionerId":"\#(slot.practitioner)","#
            + #""branchId":"brn_newyork","startTime":"\#(slot.start)"}"#
        let booked = try await demo.send(.post("/v1/appointments", body).by(token: desk)).json(if: 201)
        let id = try #require(booked["id"].string)
        #expect(booked["patientName"] == "Nele Wagner")
        let again = try await demo.send(.post("/v1/appointments", body).by(token: desk))
        #expect(again.status == 409)
        #expect(again.json["error"]["code"] == "TIME_SLOT_CONFLICT")
        let day = slot.start.prefix(10)
        let diary = try await demo.send(
            .get("/v1/appointments?startDate=\(day)&endDate=\(day)&status=CONFIRMED").by(token: practitioner)
        ).json(if: 200)
        #expect(diary["data"].elements.contains { $0["id"].string == id })

        // The patient sees it, after signing in by the phone that reception wrote down.
        let person = try await demo.signIn("+15550100771")
        #expect(try await demo.appointments(of: person).map { $0["id"].string } == [id])
        let file = try await demo.send(.get("/api/customer/appointments/\(id)/confirmation").by(person))
        #expect(file.status == 200)
        let read = try await Self.read(file.body)
        #expect(read["method"] == "PUBLISH")
        #expect(read["events"].elements.map { $0["start"].string } == [slot.start])
        #expect(read["events"].elements.map { $0["end"].string } == [slot.end])

        let cancelled = try await demo.send(
            .post("/v1/appointments/\(id)/cancel", #"{"reason":"Power cut"}"#).by(token: desk)
        ).json(if: 200)
        #expect(cancelled["cancellationReason"] == "Power cut")
        let report = try await demo.send(.get("/v1/reports/utilisation").by(token: desk)).json(if: 200)
        #expect(report["practitioners"].elements.isEmpty == false)
    }

    @Test func `gives one slot to one of a thousand requests over 16 connections`() async throws {
        let demo = try await SharedDemo.process()
        let people = try await demo.customers(9)
        let slot = try #require(try await demo.slots(daysAhead: 50).first)
        let answers = try await together(16) { _ in
            try demo.connect()
        } act: { index, connection in
            // 16 times 63 is 1,008, all under way at once.
            try connection.sendAll(
                (0..<63).map { number in
                    .post("/api/customer/appointments", slot.booking).by(people[(index + number) % people.count])
                })
        }.flatMap { $0 }
        #expect(answers.count == 1008)
        #expect(answers.filter { $0.status == 201 }.count == 1)
        let refused = answers.filter { $0.status == 409 }
        #expect(refused.count == 1007)
        #expect(Set(refused.map { $0.json["error"]["code"] }) == ["TIME_SLOT_CONFLICT"])
        var held = 0
        for person in people {
            held += try await demo.appointments(of: person).filter { $0["startTime"].string == slot.start }.count
        }
        #expect(held == 1)
    }

    /// What a program that is none of ours makes of a calendar file.
    private static func read(_ file: [UInt8]) async throws -> JSON {
        let folder = try TemporaryFolder()
        let path = folder.path + "/visit.ics"
        try Data(file).write(to: URL(filePath: path))
        let run = try await Command.run([
            Repository.path + "/.ci/python", "icalendar==6.1.0", "--",
            Repository.path + "/Tests/Support/icalendar_oracle.py", path,
        ])
        return try JSON(Array(run.output.utf8))
    }
}

extension HTTPRequest {
    /// The same request of whoever has this access token.
    fileprivate func by(token: String) -> HTTPRequest { with("Authorization", "Bearer \(token)") }
}
