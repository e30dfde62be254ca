import Synchronization
import Testing
import WebSocketClient

@Suite struct `A day at the call centre` {
    /// A socket of somebody's, read on a thread of its own.
    private final class Ears: Sendable {
        init(_ person: SalesPerson, _ process: PorticoProcess) async throws {
            let open = Mutex<Result<String?, any Error>?>(nil)
            let port = process.port
            let (heard, token) = (HeardBox(), person.token)
            box = heard
            Task.detached {
                try? await onThread {
                    do {
                        let client = try WebSocketClient(
                            port: port, path: "/ws/representative-updates", host: "summit.localhost:\(port)",
                            fields: [
                                "Authorization: Bearer \(token)", "Sec-WebSocket-Protocol: customer-service-portal",
                            ])
                        open.withLock { $0 = .success(client.header("sec-websocket-protocol")) }
                        while true {
                            switch client.receive() {
                            case .text(let text): heard.add(try JSON(Array(text.utf8)))
                            case .ping(let payload): try client.send(.init(Frame.pong, payload))
                            case .pong, .binary: continue
                            case .close, .end, .nonsense: return
                            }
                        }
                    } catch { open.withLock { $0 = $0 ?? .failure(error) } }
                }
            }
            let agreed = try await eventually("an open socket") { try open.withLock { $0 }?.get() }
            guard agreed == "customer-service-portal" else { throw Failure("the subprotocol is not agreed on") }
        }

        private let box: HeardBox

        /// What was heard of a type.
        func all(_ type: String) -> [JSON] { box.all.filter { $0["type"].string == type }.map { $0["data"] } }
    }

    private final class HeardBox: Sendable {
        private let messages = Mutex<[JSON]>([])
        func add(_ message: JSON) { messages.withLock { $0.append(message) } }
        var all: [JSON] { messages.withLock { $0 } }
    }

    @Test func `is heard by everybody whom it concerns, and by nobody else`() async throws {
        let floor = try CallFloor()
        let process = try await PorticoProcess.start(floor.place)
        let admin = try await process.signIn(username: "admin", at: "/admin/login")
        let supervisor = try await process.signIn(username: "supervisor", at: "/admin/login")
        let one = try await process.signIn(username: "rep.one"), two = try await process.signIn(username: "rep.two")
        // A representative is no admin.
        let wrong = try await process.send(
            .post("/admin/login", #"{"username": "rep.one", "password": "Portal#2025demo"}"#), to: CallFloor.slug)
        #expect(wrong.status == 401)
        let (earsOne, earsTwo) = (try await Ears(one, process), try await Ears(two, process))
        let earsAbove = try await Ears(supervisor, process)

        let csv = "name;phone;priority;description\nAda;+49307000001;LOW;Bakery\nBen;+49307000002;HIGH;\nBad;12;;\n"
        let made = try await process.addTask("Today", csv, to: [one, two], by: admin)
        #expect(made["customerData"]["totalCustomers"] == 3)
        #expect(made["customerData"]["invalidEntries"][0]["rowNumber"] == 4)
        for ears in [earsOne, earsTwo, earsAbove] {
            _ = try await eventually("news of the task") {
                ears.all("TASK_UPDATE").first {
                    $0["taskId"] == made["taskId"] && $0["updateType"].string == "NEW_CUSTOMER"
                }
            }
        }

        let tasks = try await process.data("/representative/\(one.id)/tasks", by: one)
        #expect(tasks["activeTasks"].elements.contains { $0["taskId"] == made["taskId"] })
        let foreign = try await process.send(one.asks(.get("/representative/\(two.id)/tasks")), to: CallFloor.slug)
        #expect(foreign.status == 403)
        #expect(try foreign.json(if: 403)["status"].string == "error")

        // Callbacks of the demo that are due come first.
        func next(_ person: SalesPerson) async throws -> JSON {
            while true {
                let request = HTTPRequest(method: "POST", path: "/representative/work/next")
                let answer = try await process.send(person.asks(request), to: CallFloor.slug)
                let work = try answer.json(if: 200)["data"]["work"]
                if work == .null || work["taskId"] == made["taskId"] { return work }
            }
        }
        let (first, second) = (try await next(one), try await next(two))
        #expect(Set([first["customer"]["name"], second["customer"]["name"]]) == ["Ada", "Ben"])
        let call = try await process.send(
            one.asks(.post("/representative/call-completion", JustCalled.body(first, by: one, id: "a"))),
            to: CallFloor.slug
        ).json(if: 201)["data"]
        #expect(call["performance"]["sentimentScore"].number == 1)
        for ears in [earsOne, earsAbove] {
            _ = try await eventually("news of the call") {
                ears.all("PERFORMANCE_UPDATE").first { $0["salesId"].string == one.id }
            }
        }
        // What concerns one representative is no other one's business; the end of the task is.
        _ = try await process.send(
            two.asks(.post("/representative/call-completion", JustCalled.body(second, by: two, id: "b"))),
            to: CallFloor.slug
        ).json(if: 201)
        for ears in [earsOne, earsTwo, earsAbove] {
            _ = try await eventually("the end of the task") {
                ears.all("TASK_UPDATE").first {
                    $0["taskId"] == made["taskId"] && $0["updateType"].string == "TASK_COMPLETED"
                }
            }
        }
        #expect(earsTwo.all("PERFORMANCE_UPDATE").allSatisfy { $0["salesId"].string == two.id })

        let metrics = try await process.data(
            "/admin/dashboard/metrics?startDate=2026-03-02&endDate=2026-03-02", by: supervisor)
        #expect(metrics["performance"]["callMetrics"]["totalCalls"] == 2)
        #expect(metrics["topPerformers"].elements.count == 2)
        let audit = try await process.data("/admin/audit?action=call.completed", by: admin)
        #expect(audit["items"].elements.compactMap { $0["userId"].string }.sorted() == [one.id, two.id].sorted())
        #expect(try await process.send(one.asks(.get("/admin/audit")), to: CallFloor.slug).status == 403)
    }

    @Test func `leases no customer twice when a thousand ask at once`() async throws {
        let threads = 50, each = 20
        let floor = try CallFloor()
        let process = try await PorticoProcess.start(floor.place)
        let admin = try await process.signIn(username: "admin", at: "/admin/login")
        let reps = [try await process.signIn(username: "rep.one"), try await process.signIn(username: "rep.two")]
        _ = try await process.addTask("Everybody's", CustomerFile.text(threads * each), to: [], by: admin)
        let answers = try await together(threads) { _ in
            try (0..<each).map { _ in try process.connect(CallFloor.slug) }
        } act: { index, connections -> [JSON] in
            let request = reps[index % 2].asks(HTTPRequest(method: "POST", path: "/representative/work/next"))
            for connection in connections { try connection.writeNow(request) }
            return try connections.map { connection in
                let answer = try connection.answerNow(to: request)
                guard answer.status == 200 else { throw Failure("expected 200, got \(answer.status): \(answer.text)") }
                return answer.json["data"]["work"]
            }
        }.flatMap(\.self)
        let customers = answers.compactMap { $0["customer"]["customerId"].string }
        #expect(customers.count == threads * each)
        #expect(Set(customers).count == customers.count)
    }
}
