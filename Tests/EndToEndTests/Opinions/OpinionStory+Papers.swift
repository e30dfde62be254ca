import Testing

/// Consents, invitations and what is printed.
extension OpinionStory {
    /// The service asks for a consent, without which no case can be sent; the customer gives it.
    mutating func customerConsents(to number: String) async throws {
        try await admin.post(
            "/v1/staff/consents",
            #"""
            {"kind": "health_data", "required": true, "texts": [
               {"language": "en", "title": "Your health data", "text": "We let our experts read what you send us."}]}
            """#)
        let early = try await customer.send(.post(own(number, "/submit"), "{}"))
        #expect(early.status == 409 && early.json["error"]["code"] == "CONSENT_REQUIRED", "\(early.text)")
        let asked = try await customer.get("/v1/portal/consents")["consents"].elements.first {
            $0["kind"] == "health_data"
        }
        #expect(asked?["text"] == "We let our experts read what you send us." && asked?["granted"] == .bool(false))
        try await customer.change(
            "PUT", "/v1/portal/consents/health_data", #"{"granted": true, "version": 1}"#)
        happened("consent_changed")
    }

    /// The case manager looks for an expert: of two who are asked without being told whose case it is one declines, and the
    /// other has it.
    ///
    /// - Returns: the case as the expert who accepts is shown it.
    mutating func managerInvites(_ number: String, _ outsider: OpinionPerson) async throws -> JSON {
        let found = try await manager.get(staff(number, "/candidates"))["candidates"].elements
        #expect(Set(found.map { $0["professional"]["id"].string }) == [expert.id, outsider.id])
        #expect(found.allSatisfy { $0["fits"] == .bool(true) && $0["score"].number ?? 0 > 50 }, "\(found)")
        #expect(try await customer.status(staff(number, "/candidates")) == 403)
        let path = staff(number, "/invitations")
        let named = #"{"professionalId": "\#(expert.id)", "abstract": "John Doe, narrowed vessels."}"#
        #expect(try await manager.send(.post(path, named)).status == 400, "the abstract names the patient")
        for person in [outsider, expert] {
            let body = #"{"professionalId": "\#(person.id)", "abstract": "Narrowed vessels, a stent of 2019."}"#
            #expect(try await manager.post(path, body)["caseStatus"] == "awaiting_expert")
        }
        happened("case_status_changed")
        let answers = try await expert.send(.get("/v1/staff/invitations?state=open"))
        let asked = answers.json["data"]["invitations"]
        for word in ["John", "Doe", number, customer.id] { #expect(!answers.text.contains(word), "\(answers.text)") }
        #expect(asked[0]["abstract"] == "Narrowed vessels, a stent of 2019." && asked[0]["documents"] == 2)
        #expect(asked[0]["patient"]["ageBand"] == "40-49" && asked[0]["patient"]["country"] == "US")
        let other = try await outsider.get("/v1/staff/invitations")["invitations"][0]["id"].string ?? ""
        #expect(try await outsider.status(staff(number)) == 404, "who is asked reads no case")
        try await outsider.post(
            "/v1/staff/invitations/\(other)/decline", #"{"reason": "no_time"}"#, 200)
        let own = "/v1/staff/invitations/\(asked[0]["id"].string ?? "")/accept"
        #expect(try await outsider.send(.post(own, "{}")).status == 404)
        return try await expert.post(own, "{}", 200)
    }

    /// The opinion as a PDF, and what anybody who holds it can find out.
    func opinionIsGenuine(_ number: String) async throws {
        let file = try await customer.send(.get(own(number, "/opinion.pdf")))
        #expect(file.status == 200 && file.field("Content-Type") == "application/pdf")
        let folder = try TemporaryFolder()
        try folder.write(file.body, to: "opinion.pdf")
        let read = try await Command.run(["/usr/bin/env", "pdftotext", "-layout", folder.path + "/opinion.pdf", "-"])
        #expect(read.ending == .exit(0) && read.output.contains("No bypass. The stent is open."), "\(read.output)")
        let version = try await customer.get(own(number, "/opinion/versions"))["versions"][0]
        let code = try #require(version["code"].string)
        #expect(read.output.contains(code) && read.output.contains("John Doe"), "\(read.output)")

        let told = try await service.send(.get("/v1/portal/opinions/verify?code=\(code.lowercased())"))
        let data = try told.json(if: 200)["data"]
        #expect(data["genuine"] == .bool(true) && data["signedBy"] == "Sarah Johnson")
        #expect(data["caseNumber"] == .string(number) && data["contentSha256"] == version["contentSha256"])
        let page = try await service.send(.get("/verify?code=\(code)", ("Accept", "text/html")))
        #expect(page.status == 200 && page.text.contains("Sarah Johnson") && page.text.contains(number))
        for text in [told.text, page.text] { #expect(!text.contains("John Doe") && !text.contains("bypass")) }
        // A letter that is wrong.
        let wrong = (code.hasSuffix("2") ? "3" : "2")
        let unknown = try await service.send(.get("/v1/portal/opinions/verify?code=\(code.dropLast())\(wrong)"))
        #expect(unknown.status == 404, "\(unknown.text)")
    }
}
