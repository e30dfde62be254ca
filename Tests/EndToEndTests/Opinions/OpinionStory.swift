import Testing

/// A case and the four people around it: what they do, what the customer is to be told of it, and what is to stand in the
/// customer's timeline.
struct OpinionStory {
    /// What is medical, and what is the staff's alone: no message outside the portal may have it.
    static let secrets = ["bypass", "Echo", "ejection", "stent", "Cardiology", "Rings a lot"]
    static let phone = "+41446681800"

    let service: OpinionService
    let admin: OpinionPerson
    let manager: OpinionPerson
    var expert: OpinionPerson
    let customer: OpinionPerson
    var letters = ExpectedLetters(["case_updates": ["sms", "email"], "messages": ["email"]])
    /// How often each kind of activity is to stand in the customer's timeline.
    var activities: [String: Int] = ["profile_created": 1]

    init() async throws {
        service = try await OpinionService.start()
        admin = try await service.signIn("alex@staff.example")
        manager = try await service.signIn("sam@staff.example")
        expert = try await service.addExpert("Sarah", "Johnson", "Interventional Cardiology", by: admin)
        customer = try await service.register("John", "Doe")
    }

    func own(_ number: String, _ rest: String = "") -> String { "/v1/portal/cases/\(number)" + rest }
    func staff(_ number: String, _ rest: String = "") -> String { "/v1/staff/cases/\(number)" + rest }

    mutating func happened(_ kinds: String...) {
        for kind in kinds { activities[kind, default: 0] += 1 }
    }

    /// The customer says who they are, registers a browser, and chooses: news of cases by text and mail, messages by mail,
    /// nothing by push.
    mutating func customerChooses() async throws {
        let profile = try await customer.change(
            "PATCH", "/v1/portal/profile",
            #"""
            {"phone": "\#(Self.phone)", "dateOfBirth": "1985-06-15",
             "address": {"street": "123 Main St", "city": "Boston", "state": "MA", "zipCode": "02101", "country": "US"},
             "emergencyContact": {"name": "Jane Doe", "relationship": "spouse", "phone": "+41446681801"}}
            """#)
        #expect(profile["customer"]["address"]["city"] == "Boston" && profile["customer"]["plan"] == "free")
        happened("profile_updated", "profile_completed")
        try await customer.register(device: "johns-browser")
        happened("device_registered")
        let chosen = try await customer.change(
            "PUT", "/v1/portal/notifications/preferences",
            #"""
            {"preferences": {
               "case_updates": {"enabled": true, "channels": ["sms", "email"], "frequency": "immediate"},
               "messages": {"enabled": true, "channels": ["email"], "frequency": "immediate"}}}
            """#)
        #expect(chosen["preferences"]["case_updates"]["channels"] == ["sms", "email"])
        happened("preferences_changed")
    }

    /// What cannot be done now is refused, and the refusal says what can.
    func refused(
        _ person: OpinionPerson, _ path: String, _ body: String = "{}", allowed: Set<JSON>, method: String = "POST",
        _ place: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await person.send(HTTPRequest(method: method, path: path, json: body))
        #expect(answer.status == 409, "\(path): \(answer.text)", sourceLocation: place)
        let error = answer.json["error"]
        #expect(error["code"] == "RESOURCE_CONFLICT", "\(answer.text)", sourceLocation: place)
        #expect(Set(error["details"]["allowed"].elements) == allowed, "\(answer.text)", sourceLocation: place)
    }

    /// The customer keeps a draft, adds a document, and sends it.
    mutating func customerSends(_ stranger: OpinionPerson) async throws -> String {
        let number = try await customer.addCase("Is a bypass needed?", isDraft: true)
        happened("case_drafted")
        #expect(try await manager.status(staff(number)) == 404, "a draft is its owner's alone")
        #expect(try await manager.get("/v1/staff/cases")["cases"] == [])
        #expect(try await customer.get("/v1/portal/journey")["journey"]["totalCases"] == 0)
        for act in ["/rating", "/follow-ups", "/close", "/responses"] {
            let body = ["/rating": #"{"rating": 5}"#, "/close": "{}"][act] ?? #"{"message": "Why?"}"#
            try await refused(customer, own(number, act), body, allowed: ["submitted", "cancelled"])
        }
        let file = try await customer.upload("Echo of 2026-11-20: ejection fraction 45 %.", "echo.txt")
        let shown = try await customer.post(own(number, "/documents"), #"{"attachments": ["\#(file)"]}"#)
        #expect(shown["attachments"][0]["name"] == "echo.txt")
        happened("document_uploaded")
        #expect(try await stranger.status("/v1/portal/files/\(file)") == 404)
        try await customerConsents(to: number)
        let sent = try await customer.post(own(number, "/submit"), "{}", 200)
        #expect(sent["status"] == "submitted" && sent["urgency"] == "normal")
        happened("case_submitted")
        letters.expect("case-received")
        try await refused(
            customer, own(number, "/submit"), allowed: ["submitted", "professional_assigned", "cancelled"])
        #expect(try await manager.send(.get("/v1/portal/files/\(file)")).text.contains("ejection"))
        return number
    }

    /// The case manager looks at it, notes something, asks for what is missing, and gets it.
    mutating func managerAsks(_ number: String) async throws {
        let queue = try await manager.get("/v1/staff/cases?status=submitted")
        #expect(queue["cases"].elements.map { $0["caseNumber"] } == [.string(number)])
        let waiting: Set<JSON> = ["submitted", "professional_assigned", "cancelled"]
        for word in ["in_review", "opinion_ready", "completed"] {
            try await refused(manager, staff(number, "/status"), #"{"status": "\#(word)"}"#, allowed: waiting)
        }
        try await manager.post(staff(number, "/status"), #"{"status": "in_triage"}"#, 200)
        happened("case_status_changed")
        try await manager.post(staff(number, "/notes"), #"{"text": "Rings a lot; be kind."}"#)
        let asked = try await manager.post(
            staff(number, "/info-requests"), #"{"text": "Please send the report of your stent."}"#)
        #expect(asked["detailedStatus"] == "info_requested")
        happened("information_requested", "message_received")
        letters.expect("case-information-needed")
        letters.expect("private-message-received", "messages")
        try await ExpectedLetters.messages(1, to: customer)
        #expect(
            try await customer.get(own(number))["informationRequest"] == "Please send the report of your stent.")
        let file = try await customer.upload("Stent of 2019.", "stent.txt")
        let answer = #"{"message": "Here it is, the stent of 2019.", "attachments": ["\#(file)"]}"#
        let given = try await customer.post(own(number, "/responses"), answer)
        #expect(given["detailedStatus"] == "in_triage" && given["informationRequest"] == .null)
        #expect(given["attachments"].elements.count == 2)
        // Whoever answers has read the question.
        happened("document_uploaded", "message_sent", "message_read", "information_provided")
        try await refused(customer, own(number, "/responses"), answer, allowed: waiting)
        #expect(try await customer.status(staff(number, "/notes")) == 403)
        #expect(try await manager.send(.get(staff(number, "/notes"))).text.contains("Rings a lot"))
    }
}

extension OpinionPerson {
    /// Registers a browser that takes pushes (RFC 8291 §5's key).
    func register(device: String) async throws {
        let token =
            #"{\"endpoint\": \"https://push.example/\#(device)\", \"keys\": {\"p256dh\": \"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-"#
            + #"JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\", \"auth\": \"BTBZMqHH6r4Tts7J_aSIgg\"}}"#
        try await post(
            "/v1/portal/notifications/register-device",
            #"{"platform": "web", "deviceToken": "\#(token)", "deviceId": "\#(device)", "appVersion": "1.2.3", "#
                + #""osVersion": "Linux", "preferences": {"badge": true}}"#)
    }
}

extension JSON: ExpressibleByArrayLiteral {
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
