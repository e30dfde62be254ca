import Testing

@Suite struct `A kill while webhooks are sent` {
    @Test func `loses nothing that was acknowledged, and repeats under the same id only`() async throws {
        let place = try DemoPlace()
        let receiver = try Receiver.ofWebhooks()
        let before = try await PorticoProcess.start(place, ["--allow-private-targets"])
        let login = #"{"email":"admin@lumen.example","password":"Portal#2025demo"}"#
        let admin = try await before.send(.post("/v1/auth/login", login)).json(if: 200)["accessToken"].string ?? ""
        let made = try await before.send(
            HTTPRequest.post(
                "/_portico/v1/webhooks", #"{"endpoint":"\#(receiver.address)","events":["appointment.*"]}"#
            ).with("Authorization", "Bearer \(admin)"))
        try #require(made.status == 201, "\(made.text)")
        let person = try await before.customers(1)[0]
        let slots = Array(try await before.slots(daysAhead: 10).prefix(20))

        // One after another until the program is gone, which is when some have been told and others have not.
        var acknowledged: [String] = []
        for (number, slot) in slots.enumerated() {
            let request = HTTPRequest.post("/api/customer/appointments", slot.booking).by(person)
            let answer = try await before.send(request)
            guard answer.status == 201, let id = answer.json["appointmentId"].string ?? answer.json["id"].string else {
                if answer.json["error"]["code"].string == "TOO_MANY_UPCOMING_APPOINTMENTS" { break }
                throw Failure("a booking got \(answer.status): \(answer.text)")
            }
            acknowledged.append(id)
            if number >= 5, !receiver.messages.isEmpty { break }
        }
        try await before.kill()
        #expect(!acknowledged.isEmpty)

        // Nobody asks for the tenant: what is due opens it.
        let after = try await PorticoProcess.start(place, ["--allow-private-targets"])
        let wanted = Set(acknowledged)
        _ = try await eventually("every booking at the receiver") {
            let told = Set(receiver.messages.compactMap { $0.body["data"]["appointmentId"].string })
            return wanted.isSubset(of: told) ? told : nil
        }
        for id in wanted {
            let ids = Set(
                receiver.messages.filter { $0.body["data"]["appointmentId"].string == id }.map(\.id))
            #expect(ids.count == 1)
        }
        #expect(receiver.messages.allSatisfy { $0.body["event"].string == "appointment.booked" })
        _ = after
        await receiver.stop()
    }
}
