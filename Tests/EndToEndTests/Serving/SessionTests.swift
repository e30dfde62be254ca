import Testing

@Suite struct `A session over the wire` {
    @Test func `ends everywhere at once when its person signs out`() async throws {
        let demo = try await PorticoProcess.start()
        let person = try await demo.signIn()
        let connection = try demo.connect()
        let profile = HTTPRequest.get("/api/customer/profile").by(person)
        #expect(try await connection.send(profile).status == 200)
        let out = HTTPRequest.post("/customer/auth/logout", #"{"refreshToken":"\#(person.refreshToken)"}"#)
        #expect(try await demo.send(out.by(person)).status == 204)
        // The connection whose loop had verified the token a moment ago, and others.
        #expect(try await connection.send(profile).status == 401)
        for _ in 0..<8 { #expect(try await demo.send(profile).status == 401) }
        let refresh = HTTPRequest.post("/customer/auth/refresh", #"{"refreshToken":"\#(person.refreshToken)"}"#)
        #expect(try await demo.send(refresh).status == 401)
    }

    @Test func `goes on over a restart`() async throws {
        let place = try DemoPlace()
        let before = try await PorticoProcess.start(place)
        let person = try await before.signIn()
        try await before.kill()
        let after = try await PorticoProcess.start(place)
        #expect(try await after.send(.get("/api/customer/profile").by(person)).status == 200)
        let refresh = HTTPRequest.post("/customer/auth/refresh", #"{"refreshToken":"\#(person.refreshToken)"}"#)
        let tokens = try await after.send(refresh).json(if: 200)
        #expect(tokens["refreshToken"].string != person.refreshToken)
    }

    @Test func `answers a stranger's number as a customer's`() async throws {
        let demo = try await PorticoProcess.start()
        let known = try await demo.send(.post("/customer/auth", #"{"phone":"+15550100005"}"#))
        let stranger = try await demo.send(.post("/customer/auth", #"{"phone":"+15550199999"}"#))
        #expect(known.status == 202)
        #expect(stranger.status == known.status)
        #expect(stranger.body == known.body)
        #expect(try await demo.messages(to: "+15550199999").isEmpty)
    }
}
