import Testing

@Suite struct `Credentials of another tenant` {
    private static let phone = "+15550100009"

    @Test(arguments: [("northgate", "lumen"), ("lumen", "northgate")])
    func `are worth nothing: access tokens`(home: String, other: String) async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn(Self.phone, at: home)
        let request = HTTPRequest.get("/api/customer/profile").by(person)
        #expect(try await demo.send(request, to: home).status == 200)
        let refused = try await demo.send(request, to: other)
        #expect(refused.status == 401)
        #expect(refused.json["error"]["code"] == "AUTH_TOKEN_INVALID")
    }

    @Test(arguments: [("northgate", "lumen"), ("lumen", "northgate")])
    func `are worth nothing: refresh tokens`(home: String, other: String) async throws {
        let demo = try await SharedDemo.process()
        let person = try await demo.signIn("+15550100008", at: home)
        let request = HTTPRequest.post("/customer/auth/refresh", #"{"refreshToken":"\#(person.refreshToken)"}"#)
        let refused = try await demo.send(request, to: other)
        #expect(refused.status == 401)
        // The attempt elsewhere used nothing up at home.
        let tokens = try await demo.send(request, to: home).json(if: 200)
        #expect(tokens["accessToken"].string != nil)
    }

    @Test(arguments: [("northgate", "lumen"), ("lumen", "northgate")])
    func `are worth nothing: one-time codes`(home: String, other: String) async throws {
        // A demo of its own: elsewhere the number would have been sent a code a moment ago, and no second one comes so soon.
        let demo = try await PorticoProcess.start()
        // The same number is a customer of both.
        let phone = "+15550100007"
        let code = try await demo.requestCode(phone, at: home)
        let request = HTTPRequest.post("/customer/auth/verify", #"{"phone":"\#(phone)","code":"\#(code)"}"#)
        #expect(try await demo.send(request, to: other).status == 401)
        #expect(try await demo.send(request, to: home).status == 200)
        #expect(try await demo.send(request, to: home).status == 401, "a code works once")
    }

    @Test func `do not reach another tenant's visit`() async throws {
        let demo = try await SharedDemo.process()
        let owner = try await demo.signIn("+15550100006", at: "northgate")
        let slot = try #require(try await demo.slots(daysAhead: 10, at: "northgate").first)
        let booked = try await demo.send(.post("/api/customer/appointments", slot.booking).by(owner), to: "northgate")
            .json(if: 201)
        let id = try #require(booked["id"].string)
        let stranger = try await demo.signIn("+15550100006", at: "lumen")
        #expect(try await demo.send(.get("/api/customer/appointments/\(id)").by(stranger)).status == 404)
    }

    @Test func `of another person of the same tenant see nothing either`() async throws {
        let demo = try await SharedDemo.process()
        let owner = try await demo.signIn("+15550100006")
        let slot = try #require(try await demo.slots(daysAhead: 70).first)
        let booked = try await demo.send(.post("/api/customer/appointments", slot.booking).by(owner)).json(if: 201)
        let id = try #require(booked["id"].string)
        let stranger = try await demo.signIn("+15550100001")
        #expect(try await demo.send(.get("/api/customer/appointments/\(id)").by(stranger)).status == 404)
        let cancelling = HTTPRequest(method: "DELETE", path: "/api/customer/appointments/\(id)").by(stranger)
        #expect(try await demo.send(cancelling).status == 404)
    }

    @Test func `a plugin that is not enabled does not exist`() async throws {
        let demo = try await SharedDemo.process()
        let answer = try await demo.send(.get("/api/customer/services"), to: "summit")
        #expect(answer.status == 404)
        #expect(answer.json["status"] == "error")
        #expect(answer.json["code"] == "RESOURCE_NOT_FOUND")
    }
}
