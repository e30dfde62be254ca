import Testing

/// What the customer's own pages say afterwards, compared with what was done.
extension OpinionStory {
    /// Waits until the timeline says what happened; messages are noted in their own time.
    func timelineTells(_ place: SourceLocation = #_sourceLocation) async throws {
        var seen: [String: Int] = [:]
        _ = try? await eventually("the timeline", tries: 3000) {
            seen = try await customer.activities()
            return seen == activities ? true : nil
        }
        #expect(seen == activities, sourceLocation: place)
        let one = try await customer.get("/v1/portal/journey/timeline?types=professional_assigned")
        #expect(one["activities"].elements.allSatisfy { $0["metadata"]["professionalName"] == "Sarah Johnson" })
        #expect(one["pagination"]["total"] == 2, sourceLocation: place)
        let all = try await customer.get("/v1/portal/journey/timeline?limit=100")["activities"].elements
        let moments = all.compactMap { $0["timestamp"].string }
        #expect(moments == moments.sorted(), "in the order in which it happened", sourceLocation: place)
    }

    /// The journey counts what was done: three cases, of which one was completed.
    func journeyTells() async throws {
        let journey = try await customer.get("/v1/portal/journey")
        let told = journey["journey"]
        #expect(told["totalCases"] == 3 && told["completedCases"] == 1 && told["activeCases"] == 0, "\(told)")
        #expect(told["customer"]["firstName"] == "John" && journey["customer"]["currentStage"] == "active")
        #expect(told["metrics"]["totalCases"] == told["totalCases"])
        let milestones = journey["milestones"].elements.compactMap { $0["type"].string }
        #expect(
            milestones == [
                "profile_created", "profile_completed", "first_case_submitted", "first_opinion_received",
                "first_case_completed", "second_case_submitted",
            ])
        let score = try await customer.get("/v1/portal/journey/health-score")
        #expect(score["healthScore"] == told["healthScore"] && score["factors"]["satisfaction"]["score"] == 100)
        func input(_ factor: String, _ name: String) -> JSON {
            score["factors"][factor]["inputs"].elements.first { $0["name"].string == name }?["value"] ?? .null
        }
        #expect(input("engagement", "messages_read") == 2 && input("engagement", "opinions_read") == 2)
        #expect(input("engagement", "requests_answered") == 1 && input("satisfaction", "ratings") == 1)
        #expect(input("engagement", "features_used") == 5, "profile, device, preferences, message, document")
        // Nobody has been here yesterday.
        #expect(score["previousScore"] == .null && score["trend"] == .null && score["history"] == [])
        let dashboard = try await customer.get("/v1/portal/personalization/dashboard")
        #expect(dashboard["widgets"][0]["id"] == "cases_overview")
        let offers = dashboard["quickActions"].elements.compactMap { $0["id"].string }
        // Of two opinions one was rated, because a case is rated once.
        #expect(offers.contains("submit_case") && !offers.contains("view_opinion"), "\(offers)")
        #expect(!offers.contains("complete_profile") && !offers.contains("provide_information"))
    }

    /// Nothing of what the staff noted, anywhere a customer looks.
    func notesStayInside(_ number: String) async throws {
        for path in [
            own(number), "/v1/portal/cases", "/v1/portal/messages", "/v1/portal/journey",
            "/v1/portal/journey/timeline?limit=100", "/v1/portal/communications/history?limit=100",
            "/_portico/v1/me/notifications", "/_portico/v1/me/conversations",
        ] {
            let answer = try await customer.send(.get(path))
            #expect(answer.status == 200 && !answer.text.contains("Rings a lot"), "\(path)")
        }
    }
}

extension OpinionPerson {
    /// How often each kind of activity stands in one's timeline, of the last thirty days unless said otherwise.
    func activities(since day: String? = nil) async throws -> [String: Int] {
        let from = day.map { "&from=\($0)" } ?? ""
        var seen: [String: Int] = [:]
        for page in 1... {
            let answer = try await get("/v1/portal/journey/timeline?limit=100&page=\(page)\(from)")
            for one in answer["activities"].elements { seen[one["type"].string ?? "", default: 0] += 1 }
            if Double(page) >= answer["pagination"]["totalPages"].number ?? 0 { break }
        }
        return seen
    }
}
