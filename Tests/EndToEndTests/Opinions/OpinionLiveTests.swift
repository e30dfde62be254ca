import Testing

@Suite struct `News of a second opinion` {
    private static let topics = ["case_updates", "messages", "health_score"]

    @Test func `come live by socket and by stream, to whom they concern alone`() async throws {
        let service = try await OpinionService.start()
        let admin = try await service.signIn("alex@staff.example")
        let manager = try await service.signIn("sam@staff.example")
        let expert = try await service.addExpert("Sarah", "Johnson", "Interventional Cardiology", by: admin)
        let outsider = try await service.addExpert("Omar", "Vance", "Sports Cardiology", by: admin)
        let (customer, stranger) = (
            try await service.register("John", "Doe"), try await service.register("Eve", "Stranger")
        )
        let socket = try await OpinionEars.socket(of: customer, Self.topics)
        let stream = try await OpinionEars.stream(of: customer)
        let desk = try await OpinionEars.socket(of: manager, ["case_updates"])
        let others = [
            try await OpinionEars.socket(of: stranger, Self.topics), try await OpinionEars.stream(of: stranger),
            try await OpinionEars.socket(of: outsider, ["case_updates", "messages"]),
        ]
        #expect(socket.all.first?["type"] == "auth_ok" && socket.all.first?["userId"].string == customer.id)
        #expect(Set(socket.all[1]["events"].elements) == Set(Self.topics.map { .string($0) }))

        let number = try await customer.addCase("Is a bypass needed?")
        let path = "/v1/staff/cases/\(number)"
        let one = JSON.string(number)
        // The first act brings the first score.
        let first = try await socket.hear("health_score_update")
        #expect(first["previousScore"] == .null && first["trend"] == "improving", "\(first)")
        let told = try await customer.get("/v1/portal/journey/health-score")["healthScore"]
        #expect(first["currentScore"] == told)
        try await manager.post(path + "/assign", #"{"professionalId": "\#(expert.id)"}"#, 200)
        try await expert.post(path + "/status", #"{"status": "in_review"}"#, 200)
        try await expert.post(path + "/messages", #"{"message": "I read the stent's report.", "priority": "urgent"}"#)
        try await expert.post(path + "/opinion", #"{"text": "No bypass."}"#)

        for ears in [socket, desk] {
            try await ears.hear("case_status_update") { $0["currentStatus"] == "opinion_ready" }
            let steps = ears.all("case_status_update")
            #expect(steps.allSatisfy { $0["caseNumber"] == one }, "\(steps)")
            let walked = ["submitted", "professional_assigned", "in_review", "opinion_ready"].map { JSON.string($0) }
            #expect(steps.map { $0["currentStatus"] } == walked)
            #expect(steps.map { $0["previousStatus"] } == ["draft"] + walked.dropLast())
            #expect(steps[1]["professionalInfo"]["name"] == "Sarah Johnson")
            #expect(steps[1]["professionalInfo"]["specialization"] == "Interventional Cardiology")
            #expect(steps[1]["professionalInfo"]["estimatedCompletion"].string != nil)
        }
        let message = try await socket.hear("message_received")
        #expect(message["from"] == "Sarah Johnson" && message["caseNumber"] == one && message["urgent"] == .bool(true))
        #expect(message["preview"] == "", "what was written lies sealed")
        #expect(
            try await customer.get("/v1/portal/messages/\(message["messageId"].string ?? "")")["message"]
                == "I read the stent's report.")
        #expect(socket.all.dropFirst(2).allSatisfy { $0["timestamp"].string != nil && $0["id"].string != nil })

        // The stream says the same in its own words.
        try await stream.hear("case_update") { $0["status"] == "opinion_ready" }
        #expect(
            stream.all("case_update").map { $0["status"] }
                == ["submitted", "professional_assigned", "in_review", "opinion_ready"])
        let brief = try await stream.hear("message")
        #expect(brief["messageId"] == message["messageId"] && brief["urgent"] == .bool(true))
        #expect(try await stream.hear("health_score_update")["currentScore"] == first["currentScore"])

        try await Self.resumes(stream, of: customer, number, manager)
        // Each of the others hears of their own doings; of this case nothing.
        _ = try await stranger.addCase("Mine?")
        _ = try await others[0].hear("case_status_update")
        _ = try await others[1].hear("case_update")
        let own = try await stranger.get("/v1/portal/cases")["cases"][0]["caseNumber"]
        #expect(others[0].all("case_status_update").map { $0["caseNumber"] } == [own])
        #expect(others[1].all("case_update").map { $0["caseNumber"] } == [own])
        try await manager.post(
            "/v1/staff/cases/\(own.string ?? "")/assign", #"{"professionalId": "\#(outsider.id)"}"#, 200)
        _ = try await others[2].hear("case_status_update")
        for ears in others {
            #expect(!ears.all.contains { $0["data"]["caseNumber"] == one }, "\(ears.all)")
            #expect(ears.all("message_received").isEmpty && ears.all("message").isEmpty)
        }
        #expect(!socket.all.contains { $0["data"]["caseNumber"] == own })
    }

    /// Whoever comes back with the last event they saw is told what they missed, in order and once.
    private static func resumes(
        _ stream: OpinionEars, of customer: OpinionPerson, _ number: String, _ manager: OpinionPerson
    ) async throws {
        let seen = stream.all
        let assigned = try #require(
            seen.first { $0["data"]["status"] == "professional_assigned" }?["id"].string, "\(seen)")
        try await manager.post("/v1/staff/cases/\(number)/status", #"{"status": "completed"}"#, 200)
        let again = try await OpinionEars.stream(of: customer, after: assigned)
        try await again.hear("case_update") { $0["status"] == "completed" }
        let missed = again.all("case_update").map { $0["status"] }
        #expect(missed == ["in_review", "opinion_ready", "completed"], "\(again.all)")
        #expect(again.all("message").count == 1)
        let ids = again.all.compactMap { $0["id"].string }
        #expect(Set(ids).count == ids.count)
        // An id that is none of this portal's.
        let lost = try await OpinionEars.stream(of: customer, after: "nonsense")
        #expect(try await lost.hear("reset")["reason"] == "unknown")
    }

    @Test func `come to nobody without a good token`() async throws {
        let service = try await OpinionService.start()
        let customer = try await service.register("John", "Doe")
        let bad = OpinionPerson(service: service, id: "", email: "", token: customer.token + "x")
        await #expect(throws: Failure.self) { try await OpinionEars.socket(of: bad, ["case_updates"]) }
        let refused = try await bad.send(.get("/v1/portal/events/stream"))
        #expect(refused.status == 401 && refused.json["error"]["code"] == "AUTH_TOKEN_INVALID", "\(refused.text)")
        #expect(try await service.send(.get("/v1/portal/events/stream")).status == 401)
    }
}
