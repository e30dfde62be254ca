import Crypto
import PluginAPI
import Testing

@testable import Host

@Suite struct `An answer that is kept` {
    private static let tenant = """
        {
          "name": "The Gate", "registration": "open", "languages": ["en", "de"],
          "plugins": { "desk-clinic": {}, "gate-clinic": {}, "gate-envelope": {} }
        }
        """

    private func withGate(_ body: (Portal) async throws -> Void) async throws {
        try await withPortal(
            [Desk<InClinic>.self, Turnstile<InClinic>.self, Turnstile<InEnvelope>.self],
            tenants: ["desk": Self.tenant, "other": Self.tenant]
        ) { portal async throws in
            // What opens a tenant is answered the longer way, and not kept.
            for tenant in ["desk", "other"] { _ = try await portal.get("/clinic/notes", tenant: tenant) }
            try await body(portal)
        }
    }

    /// How often handlers had run when this was answered.
    private func turns(
        _ portal: Portal, _ path: String, _ fields: [String] = [], tenant: String = "desk"
    ) async throws -> Int {
        let answer = try await portal.get(path, fields, tenant: tenant)
        try #require(answer.status == 200, "\(answer.text)")
        if case .integer(let number)? = answer.data["count"] { return Int(number) }
        return try #require(answer.data["text"]?.string.flatMap { Int($0) })
    }

    @Test func `is given again until something is written, with the same tag`() async throws {
        try await withGate { portal async throws in
            let first = try await turns(portal, "/gate-clinic/turns")
            let tag = try #require(try await portal.get("/gate-clinic/turns").field("etag"))
            #expect(try await turns(portal, "/gate-clinic/turns") == first)
            #expect(try await portal.get("/gate-clinic/turns", ["if-none-match: \(tag)"]).status == 304)
            #expect(try await portal.post("/gate-clinic/entries", #"{"text":"a"}"#).status == 201)
            let second = try await turns(portal, "/gate-clinic/turns")
            #expect(second > first)
            #expect(try await portal.get("/gate-clinic/turns").field("etag") != tag)
            // Another plugin's write is one too: the accounts and the tables of the host are in the same file.
            #expect(try await portal.post("/clinic/notes", #"{"text":"b"}"#).status == 201)
            #expect(try await turns(portal, "/gate-clinic/turns") > second)
        }
    }

    @Test func `is dressed for each request`() async throws {
        try await withGate { portal async throws in
            let one = try await portal.get("/gate-envelope/turns", ["x-request-id: one"])
            let two = try await portal.get("/gate-envelope/turns", ["x-request-id: two"])
            #expect(one.data["count"] == two.data["count"])
            #expect(one.json["meta"]?["requestId"]?.string == "one")
            #expect(two.json["meta"]?["requestId"]?.string == "two")
            let page = try await portal.get("/gate-envelope/list")
            #expect(try await portal.get("/gate-envelope/list").json["pagination"] == page.json["pagination"])
            #expect(page.json["pagination"]?["total"] != nil)
            let plain = try await portal.get("/gate-clinic/list")
            let again = try await portal.get("/gate-clinic/list")
            #expect(plain.body == again.body)
            #expect(plain.field("etag") == again.field("etag"))
        }
    }

    @Test func `belongs to one tenant, one caller, one language and one address`() async throws {
        try await withGate { portal async throws in
            let first = try await turns(portal, "/gate-clinic/turns")
            #expect(try await turns(portal, "/gate-clinic/turns?name=ann") > first)
            #expect(try await turns(portal, "/gate-clinic/turns", ["accept-language: de"]) > first)
            #expect(try await turns(portal, "/gate-clinic/turns") == first)
            // The other tenant has a plugin, and so a count, of its own.
            #expect(try await turns(portal, "/gate-clinic/turns", tenant: "other") == 1)
            let ann = try await portal.signIn()
            let bob = try await portal.signIn("+15550100002")
            let annID = try await portal.get("/gate-clinic/mine", [ann]).data["id"]
            let bobID = try await portal.get("/gate-clinic/mine", [bob]).data["id"]
            #expect(annID != nil && bobID != nil && annID != bobID)
            let (anns, bobs) = (
                try await turns(portal, "/gate-clinic/mine", [ann]), try await turns(portal, "/gate-clinic/mine", [bob])
            )
            #expect(anns != bobs)
            #expect(try await turns(portal, "/gate-clinic/mine", [ann]) == anns)
            #expect(try await portal.get("/gate-clinic/mine").status == 401)
        }
    }

    @Test func `ends with the session`() async throws {
        try await withGate { portal async throws in
            let ann = try await portal.signIn()
            _ = try await turns(portal, "/gate-clinic/mine", [ann])
            #expect(try await portal.send("DELETE", "/_portico/v1/me/sessions", [ann]).status < 300)
            #expect(try await portal.get("/gate-clinic/mine", [ann]).status == 401)
        }
    }

    @Test func `is none where the handler asks for the time, or answers much`() async throws {
        try await withGate { portal async throws in
            for path in ["/gate-clinic/today", "/gate-clinic/moment", "/gate-clinic/always"] {
                let first = try await turns(portal, path)
                #expect(try await turns(portal, path) > first, "\(path)")
            }
            let large = try await portal.get("/gate-clinic/large")
            #expect(large.body.count > KeptAnswer.largest)
            #expect(try await portal.get("/gate-clinic/large").body != large.body)
        }
    }

    @Test func `keeps within its bounds`() {
        let answers = KeptAnswers(loops: 1)
        let target = Array("/a".utf8)
        func wanted(_ number: Int) -> KeptAnswer.Wanted {
            KeptAnswer.Wanted(runtime: 1, caller: UInt64(number), onBehalfOf: nil, language: .english)
        }
        let answer = KeptAnswer(commits: 7, data: [0x31], shape: .value, tag: .strong(of: [0x31]))
        for number in 0..<KeptAnswers.capacity * 2 { answers.keep(answer, wanted(number), target.span, loop: 0) }
        let kept = (0..<KeptAnswers.capacity * 2).count { number in
            answers.find(wanted(number), target.span, loop: 0, commits: 7) != nil
        }
        #expect(kept == KeptAnswers.capacity)
        let last = wanted(KeptAnswers.capacity * 2 - 1)
        #expect(answers.find(last, target.span, loop: 0, commits: 7)?.data == [0x31])
        #expect(answers.find(last, target.span, loop: 0, commits: 8) == nil)
        #expect(answers.find(last, Array("/b".utf8).span, loop: 0, commits: 7) == nil)
    }
}
