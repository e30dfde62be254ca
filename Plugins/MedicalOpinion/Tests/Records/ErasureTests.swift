import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Erasing a customer` {
    private static let secrets = ["Is my heart tired?", "Palpitations", "Sleep more.", "calls often", "Not bad."]

    /// A case of Ana's that went all the way, with a note, a message, a file, a payment and a rating.
    private static func lived(_ practice: Practice) async throws -> (number: String, file: String) {
        let portal = practice.portal
        let file = await portal.send(
            "POST", "/v1/portal/files",
            form: [.file("file", "ecg.txt", Array("sinus rhythm".utf8), type: "text/plain")],
            as: practice.ana)
        let id = try #require(file.body["data"]?["id"]?.string, "\(file.text)")
        let number = try await practice.send("Is my heart tired?", as: practice.ana, about: "Palpitations at night")
        await practice.assign(number)
        let one = "/v1/staff/cases/\(number)"
        let asked = await portal.send(
            "POST", one + "/info-requests", ["text": "Please send an ECG."], as: practice.desk)
        #expect(asked.status == 201, "\(asked.text)")
        let sent = await portal.send(
            "POST", "/v1/portal/cases/\(number)/documents", ["attachments": [.string(id)]], as: practice.ana)
        #expect(sent.status == 201, "\(sent.text)")
        await practice.assign(number)
        #expect(
            await portal.send("POST", one + "/notes", ["text": "She calls often."], as: practice.desk).status == 201)
        await practice.deliver(number, "Sleep more.")
        let added = await portal.send("POST", one + "/addenda", ["text": "And walk."], as: practice.doctor)
        #expect(added.status == 201, "\(added.text)")
        await portal.send(
            "POST", "/v1/portal/cases/\(number)/rating", ["rating": 4, "comment": "Not bad."], as: practice.ana)
        let paid = await portal.send(
            "POST", "/v1/staff/customers/\(practice.anaID.rawValue)/payments",
            ["amountMinor": 49_900, "currency": "EUR", "caseNumber": .string(number), "reference": "inv-1"],
            as: practice.boss)
        #expect(paid.status == 201, "\(paid.text)")
        await portal.work()
        return (number, id)
    }

    @Test func `is preceded by an export that holds everything of theirs, and nothing of others'`() async throws {
        try await withPractice { practice in
            let (number, _) = try await Self.lived(practice)
            _ = try await practice.send("Ben's question", as: practice.ben)
            let export = try await practice.export(of: practice.ana)
            let tables = try #require(export["plugins"]?.members)
            func rows(_ table: String) -> [JSON] { tables["medical-opinion.medicalopinion_\(table)"]?.elements ?? [] }
            let own = try #require(rows("case").first { $0["content"] != nil })
            #expect(own["number"]?.string == number)
            #expect(own["content"]?["question"] == "Is my heart tired?")
            #expect(own["info_request"] == "Please send an ECG.")
            #expect(own["rating_comment"] == "Not bad.")
            #expect(rows("own_opinion").map { $0["content"]?["text"] } == ["Sleep more.", "And walk."])
            #expect(rows("own_note").map { $0["text"] } == ["She calls often."])
            #expect(rows("own_note").first?["author"] == nil)
            let acts = rows("own_step").compactMap { $0["act"]?.string }
            #expect(acts == ["submit", "assign", "requestInformation", "provideInformation", "assign", "deliver"])
            #expect(rows("payment").first?["reference"] == "inv-1")
            #expect(export["conversations"]?.text.contains("Please send an ECG.") == true)
            #expect(!export.text.contains("Ben's question"))
            // What the expert gets of it names no patient and says nothing that is theirs.
            let expert = try await practice.export(of: practice.doctor)
            #expect(expert.text.contains(number))
            for secret in Self.secrets { #expect(!expert.text.contains(secret), "\(secret)") }
        }
    }

    @Test func `leaves nothing that anybody reads, and others' cases as they were`() async throws {
        try await withPractice { practice in
            let portal = practice.portal
            let (number, file) = try await Self.lived(practice)
            let going = try await practice.send("A second one", as: practice.ana)
            await practice.assign(going)
            _ = try await practice.send("A draft", as: practice.ana, draft: true)
            let others = try await practice.send("Ben's question", as: practice.ben)
            await practice.assign(others)
            await practice.erase(practice.anaID)
            // Before anything else has run: the erasure alone hides it.
            for path in [number, going] {
                #expect(await practice.get("/v1/staff/cases/\(path)", as: practice.boss).status == 404)
            }
            await portal.work()
            let queue = await practice.get("/v1/staff/cases?limit=100", as: practice.desk)
            #expect(queue.body["data"]?["cases"]?.elements.map { $0["caseNumber"]?.string } == [others])
            let mine = await practice.get("/v1/staff/cases", as: practice.doctor)
            #expect(mine.body["data"]?["cases"]?.elements.map { $0["caseNumber"]?.string } == [others])
            let experts = await practice.get("/v1/staff/professionals", as: practice.boss)
            #expect(experts.body["data"]?["professionals"]?.elements.first?["load"] == 1)
            for (path, caller) in [
                ("/v1/staff/cases/\(number)/notes", practice.desk), ("/v1/portal/files/\(file)", practice.desk),
                ("/v1/staff/customers/\(practice.anaID.rawValue)", practice.boss),
            ] { #expect(await practice.get(path, as: caller).status == 404, "\(path)") }
            let moved = await portal.send(
                "POST", "/v1/staff/cases/\(going)/status", ["status": "in_review"], as: practice.desk)
            #expect(moved.status == 404)
            #expect(await portal.jobs.filter { $0.name == "case-due" }.count == 1)
            for (path, caller) in [
                ("/v1/staff/cases?limit=100", practice.boss), ("/v1/staff/inbox", practice.desk),
                ("/v1/staff/kept-opinions", practice.boss),
            ] {
                let text = await practice.get(path, as: caller).text
                for secret in Self.secrets { #expect(!text.contains(secret), "\(path): \(secret)") }
            }
            // Ben goes on as if nothing had happened.
            await practice.deliver(others, "Fine.")
            let his = await practice.get("/v1/portal/cases/\(others)", as: practice.ben)
            #expect(his.body["data"]?["opinion"]?["text"] == "Fine.")
            #expect(await practice.get("/v1/portal/journey", as: practice.ben).status == 200)
        }
    }

    @Test func `keeps a delivered opinion hidden for its years, shows it for a reason, and then lets it go`()
        async throws
    {
        try await withPractice(settings: ["keepOpinionsYears": 2]) { practice in
            let portal = practice.portal
            let (number, _) = try await Self.lived(practice)
            await practice.erase(practice.anaID)
            await portal.work()
            let list = await practice.get("/v1/staff/kept-opinions", as: practice.boss)
            #expect(list.body["data"]?["opinions"]?.elements.map { $0["caseNumber"]?.string } == [number])
            let path = "/v1/staff/kept-opinions/\(number)/disclosures"
            for caller in [practice.desk, practice.doctor, practice.ben] {
                #expect(await portal.send("POST", path, ["reason": "Curiosity"], as: caller).status == 403)
            }
            #expect(await portal.send("POST", path, ["reason": ""], as: practice.boss).status == 400)
            let shown = await portal.send("POST", path, ["reason": "Claim 12/2029"], as: practice.boss)
            #expect(shown.body["data"]?["opinion"]?["text"] == "Sleep more.", "\(shown.text)")
            #expect(shown.body["data"]?["question"] == "Is my heart tired?")
            let entry = try #require(await portal.audit.last { $0.action == "opinion.disclosed" })
            #expect(entry.details["reason"] == "Claim 12/2029")

            portal.clock.advance(by: .seconds(2 * 366 * 86_400))
            await portal.run(job: "trim-kept-opinions")
            #expect(await portal.send("POST", path, ["reason": "Claim 12/2029"], as: practice.boss).status == 404)
            let gone = await practice.get("/v1/staff/kept-opinions", as: practice.boss)
            #expect(gone.body["data"]?["opinions"] == [])
        }
    }

    @Test func `keeps nothing where the company says so`() async throws {
        try await withPractice(settings: ["keepOpinionsYears": 0]) { practice in
            let (number, _) = try await Self.lived(practice)
            await practice.erase(practice.anaID)
            await practice.portal.work()
            let path = "/v1/staff/kept-opinions/\(number)/disclosures"
            let shown = await practice.portal.send("POST", path, ["reason": "Claim 12/2029"], as: practice.boss)
            #expect(shown.status == 404)
        }
    }

    @Test func `takes their address out of others' invitations`() async throws {
        try await withPractice { practice in
            let path = "/v1/portal/referrals"
            let sent = await practice.portal.send("POST", path, ["email": "ana@test.example"], as: practice.ben)
            #expect(sent.status == 201)
            await practice.erase(practice.anaID)
            let list = await practice.get(path, as: practice.ben)
            #expect(list.status == 200)
            #expect(!list.text.contains("ana@test.example"))
            #expect(list.body["data"]?["referrals"]?.elements.count == 1)
        }
    }
}
