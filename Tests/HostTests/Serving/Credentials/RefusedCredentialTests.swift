import Testing

@testable import Host

@Suite struct `A request with a refused credential` {
    @Test(arguments: ["authorization: Bearer not.a.token", "x-api-key: wrong"])
    func `is counted by its address`(field: String) async throws {
        try await withPortal { portal async throws in
            for left in (0..<3).reversed() {
                let refused = try await portal.get("/clinic/metered", [field])
                #expect(refused.status == 401)
                #expect(refused.field("x-ratelimit-remaining") == "\(left)")
            }
            #expect(try await portal.get("/clinic/metered", [field]).status == 429)
            #expect(try await portal.get("/clinic/metered").status == 429, "the same address without one")
            #expect(try await portal.get("/clinic/metered", [try await portal.signIn()]).status == 200)
        }
    }
}
