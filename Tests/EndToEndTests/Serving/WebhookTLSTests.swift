import Testing

@Suite struct `A webhook over TLS` {
    /// Makes a webhook, presses its test button, and waits for the outcome.
    ///
    /// - Returns: the delivery, as the log shows it.
    private static func test(_ receiver: Receiver, _ portal: PorticoProcess, _ admin: String) async throws -> JSON {
        let base = "/_portico/v1/webhooks"
        func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
            try await portal.send(request.with("Authorization", "Bearer \(admin)"))
        }
        let made = try await send(
            .post(base, #"{"endpoint":"\#(receiver.address)","events":["appointment.*"]}"#)
        ).json(if: 201)
        let hook = "\(base)/\(made["id"].string ?? "")"
        let id = try await send(.post(hook + "/test", "{}")).json(if: 202)["id"].string ?? ""
        return try await eventually("the outcome of a test") {
            let delivery = try await send(.get("\(hook)/deliveries/\(id)")).json(if: 200)
            return delivery["attempts"].number == 1 ? delivery : nil
        }
    }

    @Test func `arrives where the certificate is good, and nowhere else`() async throws {
        let (own, strange) = (try await Certificates(), try await Certificates())
        let names = [
            (own, "good", "IP:127.0.0.1"), (own, "other", "IP:127.0.0.2"), (strange, "strange", "IP:127.0.0.1"),
        ]
        var receivers: [Receiver] = []
        for (authority, name, covered) in names {
            let path = "\(authority.folder.path)/\(name)"
            try await authority.issue(path, covered)
            receivers.append(try Receiver.ofWebhooks((path + ".pem", path + ".key")))
        }
        let portal = try await PorticoProcess.start([
            "--allow-private-targets", "--outbound-ca", own.folder.path + "/ca.pem",
        ])
        let admin = try await portal.signIn(email: "admin@lumen.example")
        let good = try await Self.test(receivers[0], portal, admin)
        #expect(good["state"] == "delivered", "\(good)")
        #expect(receivers[0].messages.map(\.id) == [good["id"].string ?? ""])
        for receiver in receivers.dropFirst() {
            let bad = try await Self.test(receiver, portal, admin)
            #expect(bad["state"] != "delivered" && bad["lastStatus"] == .null, "\(bad)")
            let reason = bad["lastError"].string ?? ""
            #expect(reason.contains("TLS") || reason.contains("certificate"), "\(bad)")
            #expect(receiver.messages.isEmpty)
        }
        for receiver in receivers { await receiver.stop() }
    }
}
