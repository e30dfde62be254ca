import Testing

/// What the expert does with the case, and what the customer does with the opinion.
extension OpinionStory {
    private static let opinion =
        #"{"text": "No bypass. The stent is open.", "summary": "You need no surgery.", "#
        + #""findings": "ejection fraction 45 %", "recommendations": "Echo in a year."}"#

    /// The case manager gives the case to the expert, who takes it up. An expert whose case it is not finds nothing.
    mutating func expertTakes(_ number: String, _ outsider: OpinionPerson) async throws {
        #expect(try await expert.status(staff(number)) == 404, "not theirs yet")
        let early = try await manager.send(.post(staff(number, "/assign"), #"{"professionalId": "\#(customer.id)"}"#))
        #expect(early.status == 400 && early.json["error"]["details"][0]["field"] == "professionalId", "\(early.text)")
        let given = try await managerInvites(number, outsider)
        #expect(given["status"] == "professional_assigned" && given["professional"]["name"] == "Sarah Johnson")
        happened("professional_assigned")
        letters.expect("case-assigned")
        #expect(try await outsider.status(staff(number)) == 404)
        #expect(try await expert.get(staff(number))["question"] == "Is a bypass needed?")
        let load = try await admin.get("/v1/staff/professionals")["professionals"].elements
        #expect(load.first { $0["id"].string == expert.id }?["load"] == 1)
        let working: Set<JSON> = ["submitted", "professional_assigned", "in_review", "opinion_ready", "cancelled"]
        try await refused(customer, own(number, "/rating"), #"{"rating": 1}"#, allowed: working)
        try await refused(expert, staff(number, "/addenda"), #"{"text": "Too early."}"#, allowed: working)
        try await expert.post(staff(number, "/status"), #"{"status": "in_review"}"#, 200)
        happened("case_status_changed")
        letters.expect("case-in-review")
    }

    /// The expert writes, saving as they go, and signs; only after a sign-in, and nobody else does.
    mutating func expertSigns(_ number: String) async throws {
        let path = staff(number, "/opinion")
        for version in 1...3 {
            let kept = try await expert.change("PUT", path, #"{"text": "Draft \#(version)"}"#)
            #expect(kept["version"] == .number(Double(version)))
        }
        #expect(try await customer.get(own(number))["opinion"] == .null, "a draft is the expert's alone")
        #expect(try await manager.send(.post(path, Self.opinion)).status == 403)
        let key = try await expert.send(
            .post("/_portico/v1/api-keys", #"{"name": "Script", "scopes": ["read:cases", "review:cases"]}"#)
        ).json(if: 201)["key"].string
        let stale = try await service.send(.post(path, Self.opinion, ("X-API-Key", try #require(key))))
        #expect(stale.status == 403 && stale.json["error"]["code"] == "SIGN_IN_AGAIN", "\(stale.text)")
        expert = try await service.signIn(expert.email)
        let signed = try await expert.post(path, Self.opinion)
        #expect(signed["status"] == "opinion_ready" && signed["opinion"]["signedBy"] == "Sarah Johnson")
        happened("opinion_delivered")
        letters.expect("opinion-ready")
        let delivered: Set<JSON> = ["opinion_ready", "completed"]
        try await refused(expert, path, Self.opinion, allowed: delivered)
        try await refused(expert, path, Self.opinion, allowed: delivered, method: "PUT")
        try await refused(customer, own(number, "/cancel"), allowed: delivered)
    }

    /// The customer reads, asks, is answered, and reads that.
    mutating func customerAsks(_ number: String) async throws {
        for _ in 1...2 {
            let read = try await customer.get(own(number))
            #expect(read["opinion"]["text"] == "No bypass. The stent is open.")
        }
        happened("opinion_read")
        try await opinionIsGenuine(number)
        let asked = try await customer.post(own(number, "/follow-ups"), #"{"message": "May I run?"}"#)
        #expect(asked["detailedStatus"] == "follow_up")
        happened("message_sent", "case_status_changed")
        let heard = try await expert.get("/v1/portal/messages?status=unread")["messages"]
        #expect(heard.elements.contains { $0["from"]["name"] == "John Doe" }, "\(heard)")
        try await expert.post(staff(number, "/messages"), #"{"message": "Yes, slowly. The stent allows it."}"#)
        happened("message_received")
        letters.expect("private-message-received", "messages")
        try await ExpectedLetters.messages(2, to: customer)
        let inbox = try await customer.get("/v1/portal/messages?status=unread")
        #expect(inbox["summary"]["unreadCount"] == 1)
        let newest = try #require(inbox["messages"][0]["id"].string)
        let whole = try await customer.get("/v1/portal/messages/\(newest)")
        #expect(whole["message"] == "Yes, slowly. The stent allows it.")
        #expect(whole["from"]["title"] == "Interventional Cardiology" && whole["from"]["type"] == "professional")
        let read = try await customer.post("/v1/portal/messages/\(newest)/read", "{}", 200)
        #expect(read["unreadCount"] == 0)
        happened("message_read")
        let sender = JSON.string(customer.id)
        let thread = try await customer.get("/v1/portal/messages/threads/\(whole["threadId"].string ?? "")")
        #expect(thread["messages"].elements.map { $0["from"]["id"] == sender } == [false, true, true, false])
    }

    /// The expert adds to the opinion; the customer rates and closes.
    mutating func customerCloses(_ number: String) async throws {
        let added = try await expert.post(staff(number, "/addenda"), #"{"text": "Echo in half a year will do."}"#)
        #expect(added["opinion"]["addenda"][0]["text"] == "Echo in half a year will do.")
        letters.expect("opinion-addendum")
        let shown = try await customer.get(own(number))["opinion"]
        #expect(shown["text"] == "No bypass. The stent is open." && shown["addenda"].elements.count == 1)
        let rated = try await customer.post(own(number, "/rating"), #"{"rating": 5, "comment": "Thank you."}"#)
        #expect(rated["rating"]["rating"] == 5)
        happened("case_rated")
        let again = try await customer.send(.post(own(number, "/rating"), #"{"rating": 1}"#))
        #expect(again.status == 409 && again.json["error"]["code"] == "DUPLICATE_ENTRY", "\(again.text)")
        #expect(try await customer.post(own(number, "/close"), "{}", 200)["status"] == "completed")
        happened("case_completed")
        letters.expect("case-completed")
        for path in ["/close", "/cancel", "/submit"] {
            try await refused(customer, own(number, path), allowed: ["submitted"])
        }
        try await refused(customer, own(number, "/follow-ups"), #"{"message": "More?"}"#, allowed: ["submitted"])
    }

    /// The case is opened again, answered again by the same expert, and closed by the case manager.
    mutating func caseComesBack(_ number: String) async throws {
        let open = try await manager.post(staff(number, "/status"), #"{"status": "in_triage"}"#, 200)
        #expect(open["status"] == "submitted" && open["professional"] == .null)
        happened("case_reopened")
        letters.expect("case-reopened")
        #expect(try await expert.status(staff(number)) == 404, "theirs no more")
        #expect(try await expert.get("/v1/portal/messages")["messages"] == [], "nor what is written about it")
        try await manager.post(staff(number, "/assign"), #"{"professionalId": "\#(expert.id)"}"#, 200)
        happened("professional_assigned")
        letters.expect("case-assigned")
        try await expert.post(staff(number, "/opinion"), #"{"text": "Still no bypass."}"#)
        happened("opinion_delivered")
        letters.expect("opinion-ready")
        #expect(try await customer.get(own(number))["opinion"]["text"] == "Still no bypass.")
        happened("opinion_read")
        try await manager.post(staff(number, "/status"), #"{"status": "completed"}"#, 200)
        happened("case_completed")
        letters.expect("case-completed")
    }

    /// Another case is withdrawn; a third one the service declines.
    mutating func othersEnd() async throws {
        let withdrawn = try await customer.addCase("And my knee?")
        happened("case_submitted", "case_cancelled")
        letters.expect("case-received")
        #expect(try await customer.post(own(withdrawn, "/cancel"), "{}", 200)["status"] == "cancelled")
        try await refused(customer, own(withdrawn, "/cancel"), allowed: ["submitted"])
        let assign = #"{"professionalId": "\#(expert.id)"}"#
        try await refused(manager, staff(withdrawn, "/assign"), assign, allowed: ["submitted"])
        let declined = try await customer.addCase("And my neighbour?")
        happened("case_submitted", "case_cancelled")
        letters.expect("case-received")
        let ended = try await manager.post(staff(declined, "/status"), #"{"status": "declined"}"#, 200)
        #expect(ended["status"] == "cancelled" && ended["detailedStatus"] == "declined")
        letters.expect("case-cancelled")
    }
}
