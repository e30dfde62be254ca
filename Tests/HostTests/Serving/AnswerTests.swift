import PluginAPI
import Testing

@testable import Host

private let words = Dialect.allCases.map(\.rawValue)

@Suite struct `An answer` {
    @Test func `is in the plugin's dialect`() async throws {
        try await withPortal { portal async throws in
            for word in words {
                let created = try await portal.post("/\(word)/notes", #"{"text":" hello "}"#)
                #expect(created.status == 201)
                #expect(created.field("content-type") == "application/json")
                #expect(created.field("cache-control") == "no-store")
                #expect(created.field("x-content-type-options") == "nosniff")
                let data = word == "envelope" || word == "status" ? created.json["data"] : created.json
                #expect(data?["text"]?.string == "hello")
                let id = try #require(data?["id"]?.string)
                #expect(try await portal.get("/\(word)/notes/\(id)").status == 200)
                let gone = try await portal.send("DELETE", "/\(word)/notes/\(id)")
                #expect(gone.status == 204 && gone.body.isEmpty)
                #expect(try await portal.get("/\(word)/notes/\(id)").status == 404)
            }
        }
    }

    @Test func `names every mistake in the plugin's dialect`() async throws {
        try await withPortal { portal async throws in
            for word in words {
                let refused = try await portal.post("/\(word)/notes", #"{"text":"","priority":9,"colour":"red"}"#)
                #expect(refused.status == 400)
                for field in ["text", "priority", "colour"] { #expect(refused.text.contains("\"\(field)\"")) }
                let code = refused.json["error"]?["code"]?.string ?? refused.json["code"]?.string
                #expect(code == (word == "bare" ? "invalid_request" : "VALIDATION_ERROR"))
                let conflict = try await portal.post("/\(word)/notes", #"{"text":"full"}"#)
                #expect(conflict.status == 409)
                #expect(conflict.text.uppercased().contains("DESK_FULL"))
            }
        }
    }

    @Test func `to a refusal is problem details for who wants them`() async throws {
        try await withPortal { portal async throws in
            for word in words {
                let refused = try await portal.post(
                    "/\(word)/notes", #"{"text":1}"#, ["accept: application/problem+json"])
                #expect(refused.status == 400)
                #expect(refused.field("content-type") == "application/problem+json")
                #expect(refused.json["code"]?.string == "VALIDATION_ERROR")
                #expect(refused.json["requestId"]?.string == refused.field("x-request-id"))
            }
        }
    }

    @Test func `is refused to who accepts none of its forms`() async throws {
        try await withPortal { portal async throws in
            #expect(try await portal.get("/clinic/notes/1", ["accept: image/png"]).status == 406)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, ["accept: text/css"]).status == 406)
            #expect(try await portal.get("/clinic/file", ["accept: application/octet-stream"]).status == 200)
            #expect(try await portal.get("/clinic/notes").json["data"] == [])
        }
    }

    @Test func `has an entity tag by which it is asked for again`() async throws {
        try await withPortal { portal async throws in
            for path in ["/envelope/notes", "/clinic/card", "/openapi.json", "/docs"] {
                let first = try await portal.get(path)
                #expect(first.status == 200)
                let tag = try #require(first.field("etag"))
                let again = try await portal.get(path, ["if-none-match: \"x\", \(tag)"])
                #expect(again.status == 304 && again.body.isEmpty)
                #expect(again.field("etag") == tag)
                #expect(try await portal.get(path, ["if-none-match: \"x\""]).status == 200)
            }
            let before = try await portal.get("/envelope/notes").field("etag")
            _ = try await portal.post("/envelope/notes", #"{"text":"a"}"#)
            #expect(try await portal.get("/envelope/notes").field("etag") != before)
        }
    }

    @Test func `to HEAD is that to GET without its body`() async throws {
        try await withPortal { portal async throws in
            for path in ["/clinic/notes", "/clinic/card", "/clinic/me", "/nothing"] {
                let get = try await portal.get(path)
                let head = try await portal.send("HEAD", path)
                #expect(head.status == get.status)
                #expect(head.body.isEmpty)
                #expect(head.field("etag") == get.field("etag"))
                #expect(head.field("content-type") == get.field("content-type"))
            }
        }
    }

    @Test func `may be a file, as it comes`() async throws {
        try await withPortal { portal async throws in
            let file = try await portal.get("/clinic/file")
            #expect(file.body.count == 1_000_000)
            #expect(file.body.first == 100 && file.body.last == 1)
            #expect(file.field("content-type") == "application/octet-stream")
            #expect(
                file.field("content-disposition")
                    == "attachment; filename=\"M_rz.bin\"; filename*=UTF-8''M%C3%A4rz.bin")
            let card = try await portal.get("/clinic/card")
            #expect(card.text == "BEGIN:VCARD")
            #expect(card.field("content-disposition") == "inline")
        }
    }

    @Test func `of a limited route tells how much is left, and then refuses`() async throws {
        try await withPortal { portal async throws in
            for left in ["1", "0"] {
                let answer = try await portal.get("/envelope/limited")
                #expect(answer.status == 200)
                #expect(answer.field("x-ratelimit-limit") == "2")
                #expect(answer.field("x-ratelimit-remaining") == left)
            }
            let refused = try await portal.get("/envelope/limited")
            #expect(refused.status == 429)
            #expect(refused.json["error"]?["code"]?.string == "RATE_LIMIT_EXCEEDED")
            #expect(refused.field("retry-after") != nil)
            #expect(refused.field("x-ratelimit-remaining") == "0")
            #expect(try await portal.get("/clinic/limited").status == 200)
            portal.clock.advance(by: .seconds(120))
            #expect(try await portal.get("/envelope/limited").status == 200)
        }
    }
}
