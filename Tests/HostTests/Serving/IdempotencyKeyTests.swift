import PluginAPI
import Testing

@testable import Host

@Suite struct `An Idempotency-Key` {
    private static let key = "idempotency-key: k-1"

    @Test func `gives the same answer again, and does the work once`() async throws {
        try await withPortal { portal async throws in
            let first = try await portal.post("/envelope/notes", #"{"text":"a"}"#, [Self.key])
            let second = try await portal.post("/envelope/notes", #"{"text":"a"}"#, [Self.key])
            #expect(first.status == 201 && second.status == 201)
            #expect(first.body == second.body)
            #expect(first.field("x-request-id") != second.field("x-request-id"))
            #expect(try await portal.get("/envelope/notes").json["pagination"]?["total"] == 1)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key]).status == 201)
            #expect(try await portal.get("/clinic/notes").json["pagination"]?["total"] == 1)
        }
    }

    @Test func `with another body is refused`() async throws {
        try await withPortal { portal async throws in
            _ = try await portal.post("/envelope/notes", #"{"text":"a"}"#, [Self.key])
            #expect(try await portal.post("/envelope/notes", #"{"text":"b"}"#, [Self.key]).status == 422)
            portal.clock.advance(by: .seconds(24 * 3600))
            #expect(try await portal.post("/envelope/notes", #"{"text":"b"}"#, [Self.key]).status == 201)
        }
    }

    @Test func `lets parallel requests do the work once`() async throws {
        try await withPortal { portal async throws in
            let client = portal.client
            let fields = [Self.key, "content-type: application/json"]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<24 {
                    group.addTask {
                        try await client.send(
                            "POST", "/clinic/notes", host: "desk.localhost", fields, Array(#"{"text":"a"}"#.utf8)
                        ).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.contains(201))
            #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 })
            #expect(try await portal.get("/clinic/notes").json["pagination"]?["total"] == 1)
        }
    }

    @Test func `whose first request still runs is told to wait`() async throws {
        try await withPortal { portal async throws in
            let running = IdempotencyKey(caller: "desk address 127.0.0.1", route: "POST /clinic/notes", text: "k-1")
            #expect(portal.pipeline.running.begin(running))
            let refused = try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key])
            #expect(refused.status == 409)
            #expect(refused.json["error"]?["code"]?.string == "RESOURCE_CONFLICT")
            #expect(refused.field("retry-after") == "1")
            portal.pipeline.running.end(running)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key]).status == 201)
        }
    }

    @Test func `of a request that failed may be used again`() async throws {
        try await withPortal { portal async throws in
            #expect(try await portal.post("/clinic/notes", #"{"text":"full"}"#, [Self.key]).status == 409)
            #expect(try await portal.post("/clinic/notes", #"{"text":"a"}"#, [Self.key]).status == 201)
        }
    }

    @Test func `keeps answers that are not JSON`() async throws {
        try await withPortal { portal async throws in
            let first = try await portal.send("POST", "/clinic/receipts", [Self.key])
            let second = try await portal.send("POST", "/clinic/receipts", [Self.key])
            #expect(first.status == 201)
            #expect(first.text.hasPrefix("rcp_"))
            #expect(first.body == second.body)
            #expect(second.field("content-disposition") == "attachment; filename=\"receipt.txt\"")
        }
    }

    @Test func `must be printable and short`() async throws {
        try await withPortal { portal async throws in
            for key in ["a b", "ä", String(repeating: "a", count: 256)] {
                let refused = try await portal.post("/clinic/notes", #"{"text":"a"}"#, ["idempotency-key: \(key)"])
                #expect(refused.status == 400)
                #expect(try await portal.get("/clinic/notes").json["pagination"]?["total"] == 0)
            }
        }
    }
}
