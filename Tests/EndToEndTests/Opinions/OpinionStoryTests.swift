import Testing

@Suite struct `A second opinion` {
    @Test func `is asked for, given, asked about and closed, and its customer hears of it as they chose`() async throws
    {
        var story = try await OpinionStory()
        let service = story.service
        let stranger = try await service.register("Eve", "Stranger")
        let outsider = try await service.addExpert("Omar", "Vance", "Sports Cardiology", by: story.admin)
        try await story.customerChooses()
        let number = try await story.customerSends(stranger)
        try await story.managerAsks(number)
        try await story.expertTakes(number, outsider)
        try await story.expertSigns(number)
        try await story.customerAsks(number)
        try await story.customerCloses(number)
        try await story.caseComesBack(number)
        try await story.othersEnd()

        try await story.timelineTells()
        try await story.journeyTells()
        try await story.notesStayInside(number)
        try await story.letters.compare(
            with: story.customer, phone: OpinionStory.phone, device: "johns-browser", admin: story.admin)
        // A stranger finds none of it.
        for path in [story.own(number), story.own(number, "/documents"), story.staff(number)] {
            let request = path.hasSuffix("documents") ? HTTPRequest.post(path, #"{"attachments": []}"#) : .get(path)
            let status = try await stranger.send(request).status
            #expect([400, 403, 404].contains(status), "\(path): \(status)")
        }
        #expect(try await stranger.get("/v1/portal/cases")["cases"] == [])
        #expect(try await stranger.get("/v1/portal/messages")["messages"] == [])
        #expect(service.process.isRunning)
    }

    @Test func `is told of by pushes to who chose pushes, by nothing to who chose nothing`() async throws {
        let service = try await OpinionService.start()
        let admin = try await service.signIn("alex@staff.example")
        let manager = try await service.signIn("sam@staff.example")
        let (pushed, quiet) = (try await service.register("Ana", "Silva"), try await service.register("Noa", "Quiet"))
        func wishes(_ push: Bool) -> String {
            """
            {"channels": {
               "email": {"enabled": \(push), "types": ["messages"]}, "sms": {"enabled": false, "types": []},
               "push": {"enabled": \(push), "types": ["case_updates"]}, "whatsapp": {"enabled": false, "types": []}},
             "globalPreferences": {"frequency": "immediate"}}
            """
        }
        for (person, phone) in [(pushed, "+41446681802"), (quiet, "+41446681803")] {
            try await person.change("PATCH", "/v1/portal/profile", #"{"phone": "\#(phone)"}"#)
            try await person.register(device: "browser-of-\(person.id)")
            try await person.change(
                "PUT", "/v1/portal/profile/communication-preferences", wishes(person.id == pushed.id))
        }
        var letters = ExpectedLetters(["case_updates": ["push"], "messages": ["email"]])
        var none = ExpectedLetters(["case_updates": [], "messages": []])
        for person in [pushed, quiet] {
            let number = try await person.addCase("Is a bypass needed?")
            try await manager.post("/v1/staff/cases/\(number)/messages", #"{"message": "The stent?"}"#)
            try await manager.post("/v1/staff/cases/\(number)/status", #"{"status": "declined"}"#, 200)
        }
        for (type, category) in [
            ("case-received", "case_updates"), ("private-message-received", "messages"),
            ("case-cancelled", "case_updates"),
        ] {
            letters.expect(type, category)
            none.expect(type, category)
        }
        try await letters.compare(
            with: pushed, phone: "+41446681802", device: "browser-of-\(pushed.id)", admin: admin)
        try await none.compare(with: quiet, phone: "+41446681803", device: "browser-of-\(quiet.id)", admin: admin)
        // In the portal itself both are told.
        for person in [pushed, quiet] {
            let told = try await eventually("three notifications of \(person.email)") {
                let told = try await person.send(.get("/_portico/v1/me/notifications")).json(if: 200)["data"].elements
                return told.count >= 3 ? told : nil
            }
            #expect(told.count == 3, "\(told)")
        }
    }
}
