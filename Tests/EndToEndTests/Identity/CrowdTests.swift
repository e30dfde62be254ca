import Synchronization
import Testing

@Suite struct `A crowd of wrong passwords` {
    @Test func `is answered to the last one, the surplus with 503, and keeps nobody else waiting`() async throws {
        let demo = try await PorticoProcess.start()
        // The first sign-in of a tenant makes its key.
        _ = try await demo.signIn(email: "admin@northgate.example", at: "northgate")
        let crowdIsOver = Flag()
        async let crowd = together(500) { _ in
            try demo.connect()
        } act: { number, connection in
            let body = #"{"email":"crowd-\#(number)@lumen.example","password":"Wrong#Passage-1"}"#
            return try connection.sendNow(.post("/v1/auth/login", body))
        }
        async let others = Self.askElsewhere(demo, until: crowdIsOver)
        let answers = try await crowd
        crowdIsOver.raise()
        let elsewhere = try await others

        #expect(answers.count == 500)
        let refused = answers.filter { $0.status == 401 }, surplus = answers.filter { $0.status == 503 }
        #expect(refused.count + surplus.count == 500, "\(Set(answers.map(\.status)))")
        // As many of one tenant as may wait for the passwords' threads.
        #expect(refused.count >= 32 && !surplus.isEmpty)
        for answer in surplus {
            #expect(answer.json["error"]["code"] == "SERVICE_UNAVAILABLE")
            #expect(answer.field("Retry-After").flatMap { Int($0) }.map { $0 >= 1 } == true)
        }
        #expect(elsewhere.reads > 0 && elsewhere.signIns > 0, "another tenant is served meanwhile")

        // Nothing is left behind: who has a password signs in, and a try that nobody judged is no failure.
        _ = try await demo.signIn(email: "staff@lumen.example")
        let again = #"{"email":"crowd-0@lumen.example","password":"Wrong#Passage-1"}"#
        for _ in 0..<4 { #expect(try await demo.send(.post("/v1/auth/login", again)).status == 401) }
        #expect(demo.isRunning && !demo.log.contains(#""level":"error""#))
    }

    /// Reads and sign-ins of another tenant until the crowd has its answers.
    private static func askElsewhere(
        _ demo: PorticoProcess, until crowdIsOver: Flag
    ) async throws -> (reads: Int, signIns: Int) {
        var (reads, signIns) = (0, 0)
        repeat {
            _ = try await demo.send(.get("/api/customer/branches"), to: "northgate").json(if: 200)
            reads += 1
            _ = try await demo.signIn(email: "staff@northgate.example", at: "northgate")
            signIns += 1
        } while !crowdIsOver.isUp
        return (reads, signIns)
    }
}

/// Something that has happened.
private final class Flag: Sendable {
    private let state = Atomic(false)
    var isUp: Bool { state.load(ordering: .acquiring) }
    func raise() { state.store(true, ordering: .releasing) }
}
