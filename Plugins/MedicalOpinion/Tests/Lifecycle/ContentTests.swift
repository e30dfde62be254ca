import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `The company's articles` {
    private static func text(_ title: String, _ more: String, _ body: String) -> String {
        "---\ntitle: \(title)\ndescription: About it.\n\(more)\n---\n\n\(body)\n"
    }

    private static let files = [
        "content/medical-opinion/heart.md": text(
            "The heart", "specialties: [cardiology]\ntags: [heart]\npersonas: [informed_advocator]",
            "What a *cardiology* report says."),
        "content/medical-opinion/first-steps.md": text(
            "First steps", "tags: [preparing]\ntype: checklist\npersonas: [cautious_researcher]",
            "Collect your reports."),
        "content/medical-opinion/questions.md": text(
            "Questions to ask", "tags: [preparing]\nauthor: Dr. Michael Chen\ncredentials: MD", "Write them down."),
    ]

    private static func withArticles(_ body: (Portal) async throws -> Void) async throws {
        try await withPlugin(MedicalOpinion.self, files: files, body)
    }

    private static func member(_ portal: Portal, _ name: String) async throws -> Caller {
        .person(try await portal.person(email: "\(name)@test.example", roles: ["customer"]))
    }

    @Test func `are the same for everybody of whom nothing is known, and say so`() async throws {
        try await Self.withArticles { portal in
            let ana = try await Self.member(portal, "ana")
            let answer = await portal.data("/v1/portal/personalization/content", as: ana)
            let shown = answer["recommendations"]?.elements ?? []
            #expect(shown.map { $0["id"] } == ["content_first-steps", "content_heart", "content_questions"])
            #expect(shown.allSatisfy { $0["personalizedReason"] == "For everybody: not chosen for you yet" })
            #expect(answer["categories"] == [])
            #expect(shown.last?["author"]?["name"] == "Dr. Michael Chen")
            #expect(shown.first?["url"] == "/education/first-steps")
        }
    }

    @Test func `follow what somebody reads and says of themselves`() async throws {
        try await Self.withArticles { portal in
            let (ana, ben) = (try await Self.member(portal, "ana"), try await Self.member(portal, "ben"))
            let path = "/v1/portal/content/content_questions/read"
            for _ in 0..<2 { #expect(await portal.send("POST", path, as: ana).status == 200) }
            let answer = await portal.data("/v1/portal/personalization/content", as: ana)
            let shown = answer["recommendations"]?.elements ?? []
            // It shares its tag with what she read; that itself has gone to the end.
            #expect(shown.first?["id"] == "content_first-steps")
            #expect(shown.first { $0["id"] == "content_questions" }?["personalizedReason"] == "You have read this")
            #expect(answer["categories"]?.elements.first?["items"] == ["preparing"])
            #expect(answer["categories"]?.elements.first?["count"] == 2)
            let read = await portal.data("/v1/portal/journey/timeline?types=content_read", as: ana)
            #expect(read["pagination"]?["total"] == 1)

            await portal.send(
                "PUT", "/v1/portal/persona/override", ["type": "informed_advocator"], as: ben)
            let others = await portal.data("/v1/portal/personalization/content", as: ben)["recommendations"]?.elements
            #expect(others?.first?["id"] == "content_heart")
            #expect(others?.first?["personalizedReason"] == "Fits the way you like to be informed")
        }
    }

    @Test func `are found by type and words`() async throws {
        try await Self.withArticles { portal in
            let ana = try await Self.member(portal, "ana")
            func ids(_ query: String) async -> [String] {
                let answer = await portal.data("/v1/portal/personalization/content?\(query)", as: ana)
                return answer["recommendations"]?.elements.compactMap { $0["id"]?.string } ?? []
            }
            #expect(await ids("type=checklist") == ["content_first-steps"])
            #expect(await ids("search=cardiology%20rep") == ["content_heart"])
            #expect(await ids("search=nothing") == [])
            #expect(await ids("limit=1").count == 1)
        }
    }

    @Test func `are pages, with nothing in them that their text did not mean`() async throws {
        let hostile = Self.text("Steps & <b>", "tags: [x]", "A <script>alert(1)</script> and [x](javascript:alert(1)).")
        try await withPlugin(MedicalOpinion.self, files: ["content/medical-opinion/hostile.md": hostile]) { portal in
            let page = await portal.send("GET", "/education/hostile", headers: ["Accept": "text/html"])
            #expect(page.status == 200)
            #expect(page.text.contains("<h1>Steps &amp; &lt;b&gt;</h1>"))
            #expect(!page.text.contains("<script>alert"))
            #expect(!page.text.contains("javascript:"))
            #expect(await portal.send("GET", "/education/none", headers: ["Accept": "text/html"]).status == 404)
            #expect(await portal.send("GET", "/education", headers: ["Accept": "text/html"]).text.contains("hostile"))
        }
    }

    @Test(arguments: [
        ("Name.md", "---\ntitle: A\ndescription: B\n---\n"), ("a.txt", "---\ntitle: A\ndescription: B\n---\n"),
        ("a.md", "no front matter"), ("a.md", "---\ntitle: A\n---\n"),
        ("a.md", "---\ntitle: A\ndescription: B\nx: 1\n---\n"),
        ("a.md", "---\ntitle: A\ndescription: B\npersonas: [nobody]\n---\n"), ("a.md", "---\ntitle: A\n"),
    ])
    func `are refused with what is wrong with them`(name: String, text: String) {
        #expect(MedicalOpinion.check(ContentFile(name: name, text: text)).count == 1)
    }

    @Test func `rank by the specialty of somebody's cases`() throws {
        let library = ContentLibrary(
            Self.files.map { ContentFile(name: String($0.key.split(separator: "/").last ?? ""), text: $0.value) }
                .sorted { $0.name < $1.name })
        let reader = ContentReader(specialties: ["cardiology": 2], tags: [:], persona: nil, read: [], popularity: [:])
        let best = try #require(library.ranked(for: reader).first)
        #expect(best.article.slug == "heart")
        #expect(best.reason == "Based on your recent cardiology case")
        // The specialty 40, its word in the text 20, not read yet 10.
        #expect(best.percent == 70)
    }
}
