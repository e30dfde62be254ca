import PluginAPI
import Testing

@testable import Host

@Suite struct `A body` {
    @Test func `must say that it is JSON in UTF-8, to an open tenant and to one that is closed`() async throws {
        try await withPortal { portal async throws in
            let slot = try portal.parts.tenants.slot(named: "desk")
            for isOpen in [false, true] {
                for (type, status) in [("text/plain", 415), ("application/json; charset=latin1", 400)] {
                    if isOpen { _ = try await portal.get("/clinic/notes") } else { slot.close() }
                    #expect(slot.isClosed != isOpen)
                    let answer = try await portal.post("/clinic/notes", #"{"text":"a"}"#, ["content-type: \(type)"])
                    #expect(answer.status == status)
                    #expect(
                        answer.json["error"]?["code"]?.string
                            == (status == 415 ? "UNSUPPORTED_MEDIA_TYPE" : "INVALID_DATA_FORMAT"))
                    #expect(try await portal.get("/clinic/notes").json["data"] == [])
                }
            }
        }
    }

    @Test func `that is not what is asked for is a mistake of the client`() async throws {
        try await withPortal { portal async throws in
            for body in [
                "{", "", "nonsense", "[]", "{\"text\":\"a\"}{", "{\"text\":\"a\",\"text\":\"b\"}", "\"\u{0}\"",
            ] {
                #expect(try await portal.post("/envelope/notes", body).status == 400)
                #expect(try await portal.get("/health").status == 200)
            }
        }
    }

    @Test func `over a mebibyte is too large, in the dialect`() async throws {
        try await withPortal { portal async throws in
            for isOpen in [false, true] {
                let huge = #"{"text":"\#(String(repeating: "x", count: 1 << 20))"}"#
                let refused = try await portal.post("/status/notes", huge)
                #expect(refused.status == 413)
                if isOpen { #expect(refused.json["status"]?.string == "error") }
                #expect(refused.text.contains("PAYLOAD_TOO_LARGE"))
                _ = try await portal.get("/status/notes")
            }
        }
    }

    @Test func `of a mebibyte of brackets is a mistake like another`() async throws {
        try await withPortal { portal async throws in
            for bracket in ["[", "{\"a\":"] {
                let body = String(repeating: bracket, count: (1 << 20) / bracket.utf8.count)
                let refused = try await portal.post("/clinic/notes", body)
                #expect(refused.status == 400)
                #expect(refused.json["error"]?["code"]?.string == "INVALID_DATA_FORMAT")
            }
            #expect(try await portal.get("/clinic/notes").status == 200)
        }
    }

    @Test func `may be taken piece by piece, to an open tenant and to one that is closed`() async throws {
        try await withPortal { portal async throws in
            for _ in 0..<2 {
                let bytes = [UInt8](repeating: 7, count: 3 << 20)
                let answer = try await portal.client.send(
                    "POST", "/bare/blobs", host: "desk.localhost", ["content-type: application/octet-stream"], bytes)
                #expect(answer.status == 201)
                #expect(answer.json["count"] == .integer(3 << 20))
            }
        }
    }

    @Test func `goes to handlers that wait, too`() async throws {
        try await withPortal { portal async throws in
            let answer = try await portal.post("/clinic/later", #"{"text":"a"}"#)
            #expect(answer.status == 200)
            #expect(answer.json == ["id": "1", "text": "a"])
        }
    }

    @Test func `is no excuse for an address that cannot be read`() async throws {
        try await withPortal { portal async throws in
            // The tenant is open by then, so that its own dialect answers.
            #expect(try await portal.get("/clinic/notes/1").status != 400)
            for path in [
                "/clinic/notes/%ZZ", "/clinic/notes/%00", "/clinic/notes/a%2Fb", "/clinic/notes/..",
                "/clinic/notes/%2e%2e", "/clinic/notes/%FF", "/clinic/notes/1?x=%FF",
            ] {
                let refused = try await portal.get(path)
                #expect(refused.status == 400)
                #expect(refused.json["error"]?["code"]?.string == "INVALID_DATA_FORMAT")
            }
            #expect(try await portal.get("/clinic/notes/1?colour=red").text.contains("UNKNOWN_FIELD"))
        }
    }
}
