import PluginTestKit
import Testing

@testable import MedicalOpinion

/// Articles in a test's folder.
enum Articles {
    static let webp = "RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8 "

    static func text(_ title: String, _ more: String = "", _ body: String = "Words.") -> String {
        "---\ntitle: \(title)\ndescription: About it.\n\(more)\n---\n\n\(body)\n"
    }

    static func path(_ name: String) -> String { "content/medical-opinion/\(name)" }

    static let files = [
        path("sleep.md"): text("Sleep well", "tags: [rest]", "Much is said of the heart, and of <b>naps</b> & coffee."),
        path("heart.md"): text("Your heart", "tags: [organs]", "It beats."),
        path("etude.md"): text("Étude", "tags: [x]", "The café is closed."),
        path("walking.md"): text("Walking", "author: Dr. Eve Park\ncredentials: MD\nphoto: eve.webp", "Go out."),
        path("images/eve.webp"): webp,
    ]
}

@Suite struct `Searching the articles` {
    private static func search(_ practice: Practice, _ words: String) async -> [JSON] {
        let answer = await practice.get(
            "/v1/portal/personalization/content?search=\(words)", as: practice.ana)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.body["data"]?["recommendations"]?.elements ?? []
    }

    @Test func `has a title in front of a text, and shows where the word stands`() async throws {
        try await withPractice(files: Articles.files) { practice in
            let found = await Self.search(practice, "heart")
            #expect(found.map { $0["id"] } == ["content_heart", "content_sleep"])
            #expect(found.first?["snippet"] == "Your <mark>heart</mark>")
            #expect(
                found.last?["snippet"]?.string?.contains("of the <mark>heart</mark>, and of") == true,
                "\(found)")
            let all = await practice.get("/v1/portal/personalization/content", as: practice.ana)
            #expect(all.body["data"]?["recommendations"]?.elements.allSatisfy { $0["snippet"] == nil } == true)
        }
    }

    @Test func `takes words as words, whatever stands in them`() async throws {
        try await withPractice(files: Articles.files) { practice in
            #expect(await Self.search(practice, "cafe").map { $0["id"] } == ["content_etude"])
            #expect(await Self.search(practice, "NAPS%20cof").map { $0["id"] } == ["content_sleep"])
            for hostile in [
                "%22", "heart%20NOT%20x", "slug:heart", "heart%20NEAR(", "a*b", "(", "title%3Aheart%20OR%20x",
            ] {
                let found = await Self.search(practice, hostile)
                #expect(found.count == (hostile == "%22" || hostile == "(" ? 4 : 0), "\(hostile): \(found)")
            }
            let marked = await Self.search(practice, "naps").first?["snippet"]?.string ?? ""
            #expect(marked.contains("&amp;") && !marked.contains("<b>"), "\(marked)")
        }
    }

    @Test func `finds what was taken back no more`() async throws {
        try await withPractice(files: Articles.files) { practice in
            await practice.portal.send(
                "PATCH", "/v1/staff/content/content_heart", ["published": false], as: practice.boss)
            #expect(await Self.search(practice, "heart").map { $0["id"] } == ["content_sleep"])
        }
    }

    @Test func `follows the folder`() throws {
        func library(_ text: String) -> ContentLibrary {
            ContentLibrary([ContentFile(name: "a.md", text: Articles.text("A", "", text))])
        }
        #expect(library("one").fingerprint == library("one").fingerprint)
        #expect(library("one").fingerprint != library("two").fingerprint)
        #expect(ContentLibrary([]).fingerprint != library("one").fingerprint)
    }
}

@Suite struct `Pictures of articles` {
    @Test func `are anybody's, may be kept, and run nothing`() async throws {
        try await withPractice(files: Articles.files) { practice in
            let picture = await practice.portal.send("GET", "/images/eve.webp")
            #expect(picture.status == 200 && picture.text == Articles.webp)
            #expect(picture.headers["content-type"] == "image/webp")
            #expect(picture.headers["cache-control"] == "public, max-age=3600")
            #expect(picture.headers["x-content-type-options"] == "nosniff")
            #expect(picture.headers["content-security-policy"]?.hasPrefix("sandbox") == true)
            let tag = try #require(picture.headers["etag"])
            let again = await practice.portal.send("GET", "/images/eve.webp", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.text.isEmpty)
            for path in [
                "/images/none.webp", "/images/..%2Fsleep.md", "/images/%2E%2E", "/images/..%2F..%2F..%2Ftenant.json",
                "/images/sleep.md", "/images/eve.webp%00",
            ] {
                let answer = await practice.portal.send("GET", path)
                #expect([400, 404].contains(answer.status), "\(path): \(answer.status)")
            }
        }
    }

    @Test func `stand beside their authors`() async throws {
        try await withPractice(files: Articles.files) { practice in
            let shown = await practice.get("/v1/portal/content/content_walking", as: practice.ana)
            #expect(shown.body["data"]?["content"]?["author"]?["photo"] == "/images/eve.webp")
            let page = await practice.portal.send("GET", "/education/walking", headers: ["Accept": "text/html"])
            #expect(page.text.contains("src=\"/images/eve.webp\"") && page.text.contains("Dr. Eve Park, MD"))
        }
    }

    @Test(arguments: ["author: A\nphoto: none.png", "photo: eve.webp", "credentials: MD"])
    func `are missed where they are not, and have an author`(front: String) {
        let file = ContentFile(name: "a.md", text: Articles.text("A", front), pictures: ["eve.webp"])
        #expect(MedicalOpinion.check(file).count == 1)
    }
}
