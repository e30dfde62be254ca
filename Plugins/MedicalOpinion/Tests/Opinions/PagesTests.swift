import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A customer's pages` {
    private static let html = ["Accept": "text/html"]

    private func open(_ path: String, _ portal: Portal, as caller: Caller) async -> Answer {
        await portal.send("GET", path, as: caller, headers: Self.html)
    }

    @Test func `show their own cases, and ask strangers to sign in`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let eve = Caller.person(try await portal.person(email: "eve@example.com", roles: ["customer"]))
            let list = await open("/portal/cases", portal, as: made.john)
            #expect(list.status == 200, "\(list.text)")
            #expect(list.text.contains("/portal/cases/\(made.number)"))
            #expect(await open("/portal/cases", portal, as: eve).text.contains("You have no cases yet."))
            let page = await open("/portal/cases/\(made.number)", portal, as: made.john)
            #expect(page.status == 200, "\(page.text)")
            for text in [
                "Your opinion is ready", "You need no operation.", "Sarah Johnson, Interventional Cardiologist",
                "/v1/portal/cases/\(made.number)/opinion.pdf", "An MRI &amp; &lt;b&gt;more&lt;/b&gt;",
                "An expert has taken it",
                "/verify?code=",
            ] { #expect(page.text.contains(text), "\(text)") }
            #expect(!page.text.contains("<b>more"))
            #expect(await open("/portal/cases/\(made.number)", portal, as: eve).status == 404)
            let stranger = await open("/portal/cases/\(made.number)", portal, as: .stranger)
            #expect(stranger.status == 303)
            #expect(stranger.headers["location"] == "/sign-in?next=/portal/cases/\(made.number)")
            #expect(portal.faults == [])
        }
    }

    @Test func `let them rate, ask, write, close and withdraw by forms`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let path = "/portal/cases/\(made.number)"
            func send(_ act: String, _ form: [FormPart]) async -> Answer {
                await portal.send("POST", "\(path)/\(act)", form: form, as: made.john, headers: Self.html)
            }
            for (act, form, done) in [
                ("rating", [.field("rating", "5"), .field("comment", "")], "rated"),
                ("messages", [.field("message", "Thank you")], "written"),
                ("follow-ups", [.field("message", "May I swim?")], "asked"),
                ("close", [.field("confirmed", "yes")], "closed"),
            ] as [(String, [FormPart], String)] {
                let answer = await send(act, form)
                #expect(answer.status == 303, "\(act): \(answer.text)")
                #expect(answer.headers["location"] == "\(path)?done=\(done)")
                #expect(answer.bytes.isEmpty)
            }
            let page = await open(path + "?done=closed", portal, as: made.john)
            for text in ["The case is closed.", "5 / 5", "May I swim?", "Thank you"] {
                #expect(page.text.contains(text), "\(text)")
            }
            #expect(!page.text.contains("action=\"\(path)/rating\"") && !page.text.contains("action=\"\(path)/close\""))
            // What is refused is told on a page.
            let twice = await send("rating", [.field("rating", "5")])
            #expect(twice.status == 409)
            #expect(twice.headers["content-type"] == "text/html; charset=utf-8")
            #expect(await send("rating", [.field("rating", "6")]).status == 400)
            #expect(await send("cancel", []).status == 400)
            #expect(await send("cancel", [.field("confirmed", "yes")]).status == 409)
            #expect(portal.faults == [])
        }
    }

    @Test func `let nobody act for another`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal, isSigned: false)
            let eve = Caller.person(try await portal.person(email: "eve@example.com", roles: ["customer"]))
            for (act, field) in [("messages", "message"), ("follow-ups", "message"), ("cancel", "confirmed")] {
                let answer = await portal.send(
                    "POST", "/portal/cases/\(made.number)/\(act)", form: [.field(field, "yes")], as: eve)
                #expect(answer.status == 404)
            }
            let withdrawn = await portal.send(
                "POST", "/portal/cases/\(made.number)/cancel", form: [.field("confirmed", "yes")], as: made.john)
            #expect(withdrawn.status == 303)
            let page = await open("/portal/cases/\(made.number)", portal, as: made.john)
            #expect(page.text.contains("Withdrawn by you"))
        }
    }

    @Test func `say what is missing, and send a draft`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal, isSigned: false)
            await portal.send("POST", made.staffPath + "/info-requests", ["text": "Your last <ECG>"], as: made.desk)
            let page = await open("/portal/cases/\(made.number)", portal, as: made.john)
            #expect(page.text.contains("We need something from you") && page.text.contains("Your last &lt;ECG&gt;"))
            let kept = await portal.send(
                "POST", "/v1/portal/cases", ["specialty": "Cardiology", "question": "Why?", "draft": true],
                as: made.john)
            let draft = kept.body["data"]?["caseNumber"]?.string ?? ""
            let sent = await portal.send(
                "POST", "/portal/cases/\(draft)/submit", form: [.field("confirmed", "yes")], as: made.john)
            #expect(sent.status == 303)
            #expect(await open("/portal/cases/\(draft)", portal, as: made.john).text.contains("We have received it"))
        }
    }

    @Test func `speak the reader's language`() async throws {
        try await withPlugin(MedicalOpinion.self, tenant: ["languages": ["en", "de", "es"]]) { portal in
            let made = try await SignedCase.made(in: portal)
            for (language, word) in [("de", "Ihre Zweitmeinung ist fertig"), ("es", "Su opinión está lista")] {
                let page = await portal.send(
                    "GET", "/portal/cases/\(made.number)", as: made.john,
                    headers: ["Accept": "text/html", "Accept-Language": language])
                #expect(page.text.contains(word) && page.text.contains("<html lang=\"\(language)\">"))
            }
        }
    }
}
