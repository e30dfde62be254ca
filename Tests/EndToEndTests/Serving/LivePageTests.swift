import Testing
import WebSocketClient

@Suite struct `A page of the portal` {
    /// The fields that the form which leads to a path carries along.
    private static func hidden(_ page: String, _ path: String) -> [(String, String)] {
        let form = page.split(separator: "<form ").first { $0.contains("action=\"\(path)\"") } ?? ""
        return form.split(separator: "<input type=\"hidden\" ").dropFirst().compactMap { field in
            let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
            return parts.count > 3 ? (String(parts[1]), String(parts[3])) : nil
        }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func cookies(_ answer: HTTPAnswer) -> [String] {
        answer.fields.filter { $0.name.lowercased() == "set-cookie" }.compactMap {
            $0.value.split(separator: ";").first.map(String.init)
        }
    }

    /// Signs in on the page, as a browser does.
    ///
    /// - Returns: what goes into `Cookie`.
    private static func signIn(_ email: String, _ portal: PorticoProcess) async throws -> String {
        let page = try await portal.send(.get("/sign-in", ("Accept", "text/html")))
        let fields = hidden(page.text, "/sign-in/password") + [("name", email), ("password", "Portal#2025demo")]
        let form = fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
        let answer = try await portal.send(
            HTTPRequest(
                method: "POST", path: "/sign-in/password",
                fields: [
                    (name: "Content-Type", value: "application/x-www-form-urlencoded"),
                    (name: "Accept", value: "text/html"), (name: "Sec-Fetch-Site", value: "same-origin"),
                    (name: "Origin", value: "http://lumen.localhost:\(portal.port)"),
                    (name: "Cookie", value: cookies(page).joined(separator: "; ")),
                ], body: Array(form.utf8)))
        guard answer.status == 303, !cookies(answer).isEmpty else {
            throw Failure("signing in got \(answer.status): \(answer.text)")
        }
        return cookies(answer).joined(separator: "; ")
    }

    @Test func `hears live events by its cookie, and another site's page does not`() async throws {
        let portal = try await PorticoProcess.start()
        let cookie = try await Self.signIn("admin@lumen.example", portal)
        let (port, host) = (portal.port, "lumen.localhost:\(portal.port)")
        func open(_ origin: String) async throws -> (head: String, answers: [WebSocketClient.Event]) {
            try await onThread {
                let client = try WebSocketClient(
                    port: port, path: "/_portico/v1/ws", host: host, fields: ["Cookie: \(cookie)", "Origin: \(origin)"])
                guard client.status == 101 else { return (client.head, []) }
                try client.send(.text(#"{"type":"subscribe","events":["appointments.appointments"]}"#))
                defer { client.close() }
                return (client.head, [client.receive(), client.receive()])
            }
        }
        let own = try await open("http://\(host)")
        #expect(own.answers.contains { if case .text(let text) = $0 { text.contains("subscribed") } else { false } })
        let foreign = try await open("https://evil.example")
        #expect(foreign.head.contains(" 403 ") && foreign.answers.isEmpty, "\(foreign)")

        let stream = HTTPRequest.get("/_portico/v1/events?topics=appointments.appointments").with("Cookie", cookie)
        let place = try await onThread {
            var reader = try EventReader.open(port: port, host: host, stream.with("Origin", "http://\(host)"))
            return try reader.next().id
        }
        #expect(place != nil)
        let other = try await portal.send(stream.with("Origin", "https://evil.example"))
        #expect([401, 403].contains(other.status), "the cookie does not count there")
    }
}
