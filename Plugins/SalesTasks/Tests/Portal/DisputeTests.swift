import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `A disputed score` {
    /// A call of representative one; its id and score.
    private func call(_ centre: CallCentre) async throws -> (id: String, score: Int) {
        let work = try #require(await centre.next(centre.one))
        let made = await centre.complete(
            centre.completion(
                of: work, by: centre.oneID,
                ["outcome": "SUCCESSFUL", "audioQuality": "POOR", "sentiment": "NEUTRAL", "notes": "Fine."]),
            as: centre.one)
        #expect(made.status == 201, "\(made.text)")
        let data = made.body["data"]
        let score = try #require(data?["performance"]?["callQualityScore"]?.integer)
        return (data?["callId"]?.string ?? "", Int(score))
    }

    private func dispute(_ centre: CallCentre, _ call: String, as caller: Caller? = nil) async -> Answer {
        await centre.portal.send(
            "POST", "/representative/calls/\(call)/dispute", ["reason": "The line was good."], as: caller ?? centre.one)
    }

    private func decide(_ centre: CallCentre, _ dispute: String, _ body: JSON, as caller: Caller? = nil) async
        -> Answer
    {
        await centre.portal.send(
            "POST", "/admin/disputes/\(dispute)/decide", body, as: caller ?? centre.supervisor)
    }

    @Test func `is corrected with what it is made of, and both are told`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(2), to: [centre.oneID])
            let call = try await call(centre)
            let opened = await dispute(centre, call.id)
            #expect(opened.status == 201, "\(opened.text)")
            #expect(opened.body["data"]?["state"] == "open")
            #expect(opened.body["data"]?["scoreBefore"]?.integer == Int64(call.score))
            let id = opened.body["data"]?["disputeId"]?.string ?? ""
            #expect(await dispute(centre, call.id).code == "SCORE_DISPUTED")
            await centre.portal.work()
            let heard = await centre.portal.send("GET", "/_portico/v1/me/notifications", as: centre.supervisor)
            #expect(heard.text.contains("Robin One disputes a score"))
            // Reasons may speak of customers: they are read in the portal and nowhere else.
            #expect(await centre.portal.outbox.messages.allSatisfy { !$0.body.contains("The line was good") })

            let open = await centre.portal.send("GET", "/representative/disputes?state=open", as: centre.supervisor)
            #expect(open.body["data"]?.elements.count == 1 || open.text.contains(id))
            let decided = await decide(
                centre, id,
                ["decision": "correct", "explanation": "I listened in.", "correction": ["audioQuality": "GOOD"]])
            #expect(decided.status == 200, "\(decided.text)")
            #expect(decided.body["data"]?["state"] == "corrected")
            let after = try #require(decided.body["data"]?["scoreAfter"]?.integer)
            #expect(after > Int64(call.score))
            let shown = await centre.portal.send("GET", "/representative/calls/\(call.id)", as: centre.one)
            #expect(shown.body["data"]?["performance"]?["callQualityScore"]?.integer == after)
            #expect(shown.body["data"]?["audioQuality"] == "GOOD")
            await centre.portal.work()
            let told = await centre.portal.send("GET", "/_portico/v1/me/notifications", as: centre.one)
            #expect(told.text.contains("Your dispute was decided"))
            let own = await centre.portal.send("GET", "/representative/disputes", as: centre.one)
            #expect(own.text.contains("I listened in."))
            let audit = await centre.portal.audit
            #expect(audit.contains { $0.action == "score.disputed" && $0.subjectID == id })
            #expect(audit.contains { $0.action == "dispute.decided" && $0.details["decision"] == "corrected" })
            #expect(audit.contains { $0.action == "call.corrected" && $0.subjectID == call.id })
            let again: JSON = ["decision": "uphold", "explanation": "x"]
            #expect(await decide(centre, id, again).code == "DISPUTE_DECIDED")
        }
    }

    @Test func `is upheld, and then not disputed again until it changes`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(2), to: [centre.oneID])
            let call = try await call(centre)
            let id = await dispute(centre, call.id).body["data"]?["disputeId"]?.string ?? ""
            let upheld = await decide(centre, id, ["decision": "uphold", "explanation": "The rubric says so."])
            #expect(upheld.body["data"]?["state"] == "upheld")
            #expect(upheld.body["data"]?["scoreAfter"]?.integer == Int64(call.score))
            #expect(await dispute(centre, call.id).status == 409)
            await centre.portal.send(
                "PATCH", "/admin/calls/\(call.id)", ["audioQuality": "AVERAGE"], as: centre.supervisor)
            #expect(await dispute(centre, call.id).status == 201)
        }
    }

    @Test func `takes a decision that says what it does`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(2), to: [centre.oneID])
            let call = try await call(centre)
            let id = await dispute(centre, call.id).body["data"]?["disputeId"]?.string ?? ""
            for (body, field) in [
                (["decision": "correct", "explanation": "x"], "correction"),
                (["decision": "correct", "explanation": "x", "correction": [:]], "correction"),
                (
                    ["decision": "uphold", "explanation": "x", "correction": ["audioQuality": "GOOD"]] as JSON,
                    "correction"
                ),
                (["decision": "uphold"], "explanation"), (["decision": "maybe", "explanation": "x"], "decision"),
            ] as [(JSON, String)] {
                let answer = await decide(centre, id, body)
                #expect(answer.status == 400, "\(body)")
                #expect(answer.text.contains(field))
            }
            let open = await centre.portal.send("GET", "/representative/disputes?state=open", as: centre.admin)
            #expect(open.text.contains(id))
        }
    }

    @Test func `is the business of whose call it is, and of supervisors`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(2), to: [centre.oneID])
            let call = try await call(centre)
            #expect(await dispute(centre, call.id, as: centre.two).status == 404)
            #expect(await dispute(centre, call.id, as: centre.supervisor).status == 403)
            let id = await dispute(centre, call.id).body["data"]?["disputeId"]?.string ?? ""
            let word: JSON = ["decision": "uphold", "explanation": "x"]
            #expect(await decide(centre, id, word, as: centre.one).status == 403)
            #expect(await decide(centre, "dsp_none", word).status == 404)
            let foreign = await centre.portal.send("GET", "/representative/disputes", as: centre.two)
            #expect(foreign.status == 200)
            #expect(!foreign.text.contains(id))
            // Who calls and supervises does not judge themselves.
            let both = try await centre.portal.person(
                email: "both@test.example", roles: ["SALES_REP", "SUPERVISOR"])
            let caller = Caller.person(both)
            await centre.addTask(Sheet.customers(1, from: 70), to: [])
            await centre.portal.send(
                "PUT", "/admin/representatives/\(both.rawValue)", ["skills": []], as: centre.admin)
            let work = try #require(await centre.next(caller))
            let made = await centre.complete(centre.completion(of: work, by: both.rawValue), as: caller)
            let own = await dispute(centre, made.body["data"]?["callId"]?.string ?? "", as: caller)
            #expect(own.status == 201, "\(own.text)")
            let ownID = own.body["data"]?["disputeId"]?.string ?? ""
            #expect(await decide(centre, ownID, word, as: caller).status == 403)
            #expect(await decide(centre, ownID, word).status == 200)
        }
    }
}
