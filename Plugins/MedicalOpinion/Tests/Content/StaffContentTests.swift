import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `The company's side of its articles` {
    @Test func `says what each is, how much it is read, and who may know`() async throws {
        try await withPractice(files: Articles.files) { practice in
            for caller in [practice.ana, practice.ben, practice.ana] {
                await practice.portal.send("POST", "/v1/portal/content/content_heart/read", as: caller)
            }
            for caller in [practice.ana, practice.doctor, practice.desk] {
                #expect(await practice.get("/v1/staff/content", as: caller).status == 403)
                let change = await practice.portal.send(
                    "PATCH", "/v1/staff/content/content_heart", ["published": false], as: caller)
                #expect(change.status == 403)
            }
            let list = await practice.get("/v1/staff/content", as: practice.boss)
            let articles = list.body["data"]?["articles"]?.elements ?? []
            #expect(
                articles.map { $0["id"] } == [
                    "content_etude", "content_heart", "content_sleep", "content_walking",
                ])
            let heart = try #require(articles.first { $0["id"] == "content_heart" })
            #expect(heart["reads"] == 2 && heart["readersIn30Days"] == 2)
            #expect(heart["published"] == true && heart["featured"] == false && heart["file"] == "heart.md")
            #expect(list.body["data"]?["broken"] == [])
            practice.portal.clock.advance(by: .seconds(31 * 86_400))
            let later = await practice.get("/v1/staff/content", as: practice.boss)
            let old = later.body["data"]?["articles"]?.elements.first { $0["id"] == "content_heart" }
            #expect(old?["reads"] == 2 && old?["readersIn30Days"] == 0)
        }
    }

    @Test func `takes an article back everywhere, shows it to admins, and gives it out again`() async throws {
        try await withPractice(files: Articles.files) { practice in
            let path = "/v1/staff/content/content_heart"
            func seen() async -> [Int] {
                let list = await practice.get("/v1/portal/personalization/content?limit=100", as: practice.ana)
                let page = await practice.portal.send("GET", "/education", headers: ["Accept": "text/html"])
                return [
                    list.text.contains("content_heart") ? 200 : 404, page.text.contains("/education/heart") ? 200 : 404,
                    await practice.get("/v1/portal/content/content_heart", as: practice.ana).status,
                    await practice.portal.send("GET", "/education/heart", headers: ["Accept": "text/html"]).status,
                    await practice.portal.send(
                        "POST", "/v1/portal/content/content_heart/read", as: practice.ana
                    ).status,
                ]
            }
            #expect(await seen() == [200, 200, 200, 200, 200])
            let hidden = await practice.portal.send("PATCH", path, ["published": false], as: practice.boss)
            #expect(hidden.status == 200 && hidden.body["data"]?["published"] == false, "\(hidden.text)")
            #expect(await seen() == [404, 404, 404, 404, 404])
            let preview = await practice.get(path, as: practice.boss)
            #expect(preview.body["data"]?["html"]?.string?.contains("It beats.") == true)
            #expect(preview.body["data"]?["content"]?["published"] == false)
            await practice.portal.send("PATCH", path, ["published": true], as: practice.boss)
            #expect(await seen() == [200, 200, 200, 200, 200])
            // Saying the same again changes nothing.
            await practice.portal.send("PATCH", path, ["published": true], as: practice.boss)
            #expect(await practice.portal.audit.filter { $0.action == "content.changed" }.count == 2)
            for method in ["GET", "PATCH"] {
                let none = await practice.portal.send(
                    method, "/v1/staff/content/content_none", method == "GET" ? nil : [:], as: practice.boss)
                #expect(none.status == 404)
            }
        }
    }

    @Test func `puts one in front`() async throws {
        try await withPractice(files: Articles.files) { practice in
            await practice.portal.send(
                "PATCH", "/v1/staff/content/content_sleep", ["featured": true], as: practice.boss)
            let list = await practice.get("/v1/portal/personalization/content", as: practice.ana)
            let first = list.body["data"]?["recommendations"]?.elements.first
            #expect(first?["id"] == "content_sleep" && first?["personalizedReason"] == "Chosen by our editors")
            let page = await practice.portal.send("GET", "/education", headers: ["Accept": "text/html"])
            #expect(page.text.split(separator: "href=\"/education/").dropFirst().first?.hasPrefix("sleep") == true)
        }
    }

    @Test func `knows the files that are no articles`() throws {
        let library = ContentLibrary([
            ContentFile(name: "a.md", text: Articles.text("A")), ContentFile(name: "b.md", text: "---\ntitle B\n---\n"),
        ])
        #expect(library.articles.map(\.slug) == ["a"])
        #expect(library.broken.map(\.file) == ["b.md"])
        #expect(library.broken.first?.fault.line == 2)
    }
}
