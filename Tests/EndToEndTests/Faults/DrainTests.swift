import Glibc
import Testing

@Suite struct `A request to stop` {
    @Test(arguments: [SIGTERM, SIGINT])
    func `lets a request under way finish, takes no new one, and ends with status 0`(signal: Int32) async throws {
        let demo = try await PorticoProcess.start()
        let person = try await demo.signIn()
        let slot = try #require(try await demo.slots(daysAhead: 10).first)
        let request = HTTPRequest.post("/api/customer/appointments", slot.booking).by(person)
        let body = try #require(request.body)
        let connection = try demo.connect()
        // A first answer shows that the server has the connection; then half of a booking is on its way.
        _ = try await connection.send(.get("/health"))
        try await connection.write(request.head(host: connection.host) + body.prefix(10))
        _ = try await demo.send(.get("/health"))

        demo.signal(signal)
        _ = try await eventually("an end of listening") { (try? demo.connect()) == nil ? true : nil }
        try await connection.write(Array(body.dropFirst(10)))
        let answer = try await connection.answer(to: "POST")
        #expect(answer.status == 201)
        #expect(answer.field("Connection")?.lowercased() == "close")
        #expect(try await connection.isClosedByServer())
        #expect(try await demo.end() == .exit(0))
    }

    @Test func `closes connections that wait for nothing`() async throws {
        let demo = try await PorticoProcess.start()
        let connection = try demo.connect()
        #expect(try await connection.send(.get("/health")).status == 200)
        demo.signal(SIGTERM)
        #expect(try await connection.isClosedByServer())
        #expect(try await demo.end() == .exit(0))
    }
}
