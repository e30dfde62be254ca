import PluginTestKit
import Synchronization
import Testing
import Time

@testable import Appointments

@Suite struct `Reconciling records` {
    @Test(arguments: ["FUZZY_MATCH", "ML_MODEL", "HYBRID", nil])
    func `finds one person in two of the posted records`(_ algorithm: String?) async throws {
        try await withClinic { portal in
            var body: JSON = ["data": Self.records]
            if let algorithm { body = body.merged(with: ["algorithm": .string(algorithm), "confidence": 0.7]) }
            let answer = await portal.send("POST", "/v1/ai/reconcile", body, as: try await Self.manager(portal))
            #expect(answer.status == 200)
            #expect(answer.body["confidence"] == (algorithm == nil ? 0.8 : 0.7))
            #expect(answer.body["total"] == 1)
            #expect(answer.body["processingTime"] != nil)
            guard case .array(let matches)? = answer.body["matches"] else { throw Unexpected() }
            // By its id, and by its place.
            #expect(matches.map { $0["left"] } == ["p-1"] && matches.map { $0["right"] } == [2])
            let fields = try #require(matches.first?["fields"]?.members)
            #expect(fields.list.map(\.name).sorted() == ["address.city", "dateOfBirth", "email", "name"])
            #expect(matches.first?["fields"]?["email"] == 1 && matches.first?["weights"]?["email"] != nil)
            #expect(portal.faults == [])
        }
    }

    @Test func `names what is wrong with a request`() async throws {
        try await withClinic { portal in
            let manager = try await Self.manager(portal)
            let wrong: [(JSON, [String], String)] = [
                ([:], ["data"], "MISSING_REQUIRED_FIELD"),
                (["data": [["a": "b"], 7, "x"]], ["data[1]", "data[2]"], "INVALID_TYPE"),
                (["data": "x"], ["data"], "INVALID_TYPE"),
                (["data": [], "confidence": 0.05], ["confidence"], "OUT_OF_RANGE"),
                (["data": [], "confidence": 1.01], ["confidence"], "OUT_OF_RANGE"),
                (["data": [], "algorithm": "GUESS"], ["algorithm"], "NOT_ALLOWED"),
                (["data": [], "other": 1], ["other"], "UNKNOWN_FIELD"),
            ]
            for (body, fields, code) in wrong {
                let answer = await portal.send("POST", "/v1/ai/reconcile", body, as: manager)
                #expect(answer.status == 400)
                guard case .array(let details)? = answer.body["error"]?["details"] else { throw Unexpected() }
                #expect(details.compactMap { $0["field"]?.string } == fields)
                #expect(details.allSatisfy { $0["code"] == .string(code) })
            }
            let broken = await portal.send("POST", "/v1/ai/reconcile", bytes: Array("{\"data\": [".utf8), as: manager)
            #expect(broken.status == 400 && broken.body["error"]?["code"] == "INVALID_DATA_FORMAT")
            let text = await portal.send(
                "POST", "/v1/ai/reconcile", bytes: Array("{}".utf8), as: manager, headers: ["Content-Type": "text/csv"])
            #expect(text.status == 415)
            #expect(portal.faults == [])
        }
    }

    @Test func `is for managers and administrators, ten times an hour`() async throws {
        try await withClinic { portal in
            let body: JSON = ["data": []]
            #expect(await portal.send("POST", "/v1/ai/reconcile", body).status == 401)
            for role in ["STAFF", "PRACTITIONER", "RECEPTION"] {
                let id = try await portal.person(
                    email: "\(role.lowercased())@lumen.example", roles: [role], branch: "brn_berlin")
                #expect(await portal.send("POST", "/v1/ai/reconcile", body, as: .person(id)).status == 403)
            }
            let admin = try await portal.person(email: "admin@lumen.example", roles: ["ADMIN"])
            let first = await portal.send("POST", "/v1/ai/reconcile", body, as: .person(admin))
            #expect(first.status == 200 && first.body["matches"] == [] && first.body["total"] == 0)
            var last = first
            for _ in 0..<10 { last = await portal.send("POST", "/v1/ai/reconcile", body, as: .person(admin)) }
            #expect(last.status == 429 && last.headers["retry-after"] != nil)
        }
    }

    @Test func `compares many as a job, whose matches are read page by page`() async throws {
        try await withClinic { portal in
            let manager = try await Self.manager(portal)
            let people = (0..<1200).map { Self.person($0) }
            let doubles = (0..<600).map { number -> JSON in
                Self.person(number).merged(with: ["id": .string("double-\(number)"), "phone": nil])
            }
            let body: JSON = ["data": .array(people + doubles), "confidence": 0.8]
            let accepted = await portal.send("POST", "/v1/ai/reconcile", body, as: manager)
            #expect(accepted.status == 202 && accepted.body["records"] == 1800 && accepted.body["state"] == "waiting")
            let status = try #require(accepted.body["statusUrl"]?.string)
            let result = try #require(accepted.body["resultUrl"]?.string)
            #expect(await portal.send("GET", status, as: manager).body["state"] == "waiting")
            #expect(await portal.send("GET", result, as: manager).status == 409)
            await portal.work()
            let done = await portal.send("GET", status, as: manager)
            #expect(done.status == 200 && done.body["state"] == "done" && done.body["result"]?["total"] == 600)
            var pairs: Set<String> = []
            for page in 1...3 {
                let answer = await portal.send("GET", result + "?page=\(page)", as: manager)
                guard case .array(let matches)? = answer.body["matches"] else { throw Unexpected() }
                #expect(matches.count == [500, 100, 0][page - 1])
                #expect(answer.body["pagination"]?["totalPages"] == 2 && answer.body["confidence"] == 0.8)
                for match in matches {
                    pairs.insert("\(match["left"]?.string ?? "") \(match["right"]?.string ?? "")")
                }
            }
            #expect(pairs == Set((0..<600).map { "person-\($0) double-\($0)" }))
            // It is one person's own.
            let other = try await portal.person(email: "admin@lumen.example", roles: ["ADMIN"])
            #expect(await portal.send("GET", status, as: .person(other)).status == 404)
            #expect(await portal.send("GET", result, as: .person(other)).status == 404)
            #expect(await portal.send("DELETE", status, as: manager).status == 204)
            let gone = await portal.send("GET", result, as: manager)
            #expect(gone.status != 200 || gone.body["matches"] == [])
            #expect(portal.faults == [])
        }
    }

    @Test func `takes bodies longer than others may be, up to its own limit`() async throws {
        try await withClinic { portal in
            let note = String(repeating: "long note ", count: 120)
            let people = (0..<1001).map { Self.person($0).merged(with: ["note": .string("\(note) \($0)")]) }
            let body: JSON = ["data": .array(people)]
            #expect(body.text.utf8.count > 1 << 20)
            let answer = await portal.send("POST", "/v1/ai/reconcile", body, as: try await Self.manager(portal))
            #expect(answer.status == 202 && answer.body["records"] == 1001)
        }
        let piece = [UInt8](repeating: 0x20, count: 1 << 20)
        #expect(try await Reconciliation.collecting(Self.stream(piece, 48)) { $0.count } == 48 << 20)
        await #expect(throws: ReconcileRefusal.tooLarge) {
            try await Reconciliation.collecting(Self.stream(piece, 49)) { $0.count }
        }
    }

    @Test func `forgets the matches after a week`() async throws {
        try await withClinic { portal in
            let manager = try await Self.manager(portal)
            let people = (0..<1001).map { Self.person($0 % 1000) }
            let accepted = await portal.send("POST", "/v1/ai/reconcile", ["data": .array(people)], as: manager)
            let result = try #require(accepted.body["resultUrl"]?.string)
            await portal.work()
            #expect(await portal.send("GET", result, as: manager).body["total"] == 1)
            portal.clock.advance(by: .seconds(7 * 86_400 + 60))
            await portal.work()
            let later = await portal.send("GET", result, as: try await Self.manager(portal, "later@lumen.example"))
            #expect(later.status == 404)
            #expect(portal.faults == [])
        }
    }

    @Test func `gives up when it takes too long, and says so`() throws {
        let names = (0..<300).map { "{\"name\": \"Name \($0)\"}" }.joined(separator: ",")
        let request = try ReconcileRequest(body: Array("{\"data\": [\(names)]}".utf8))
        #expect(throws: ReconcileWork.OutOfTime.self) { try ReconcileWork.atOnce(request, patience: .zero) }
        #expect(try ReconcileWork.atOnce(request, patience: .seconds(3600)).confidence == 0.8)
    }

    @Test func `is spared by a breaker after five failures, which lets one try after a minute`() throws {
        let clock = TestClock(Instant(seconds: 1_800_000_000))
        let breaker = CircuitBreaker(clock: clock)
        for _ in 0..<4 {
            try breaker.enter()
            breaker.failed()
        }
        try breaker.enter()
        breaker.succeeded()
        for _ in 0..<5 {
            try breaker.enter()
            breaker.failed()
        }
        let closed = #expect(throws: Problem.self) { try breaker.enter() }
        #expect(closed?.status == 503 && closed?.retryAfter == 60)
        clock.advance(by: .seconds(61))
        try breaker.enter()
        // One tries, the others wait.
        #expect(throws: Problem.self) { try breaker.enter() }
        breaker.failed()
        #expect(throws: Problem.self) { try breaker.enter() }
        clock.advance(by: .seconds(61))
        try breaker.enter()
        breaker.left()
        try breaker.enter()
        breaker.succeeded()
        try breaker.enter()
        try breaker.enter()
    }

    @Test func `reads any record: nested, with lists, with names and without`() throws {
        let text = """
            {"data": [{"id": 7, "a": {"b": "x", "c": [1, 2.5, true, null]}, "list": [{"k": "1"}, {"k": "2"}], "n": null},
            {"id": ""}, {"id": {"x": "y"}}, {}]}
            """
        let request = try ReconcileRequest(body: Array(text.utf8))
        let read = try JSONDocument(ReconcileRequest.schema.encode(request)).root.tree
        let first: JSON = ["id": 7, "a.b": "x", "a.c": "1 2.5 true", "list.k": "1 2"]
        let second: JSON = ["id.x": "y"]
        #expect(read["data"] == [first, [:], second, [:]])
        #expect(read["algorithm"] == "HYBRID" && read["confidence"] == 0.8)
        #expect((0..<4).map(request.name) == [.number(7), .number(1), .number(2), .number(3)])
        #expect(ReconcileRequest.schema.roundTrips && ReconcileResult.schema.roundTrips)
    }

    private struct Unexpected: Error {}

    private static func stream(_ piece: [UInt8], _ times: Int) -> ByteStream {
        ByteStream {
            let left = Mutex(times)
            return {
                left.withLock { left in
                    left -= 1
                    return left >= 0 ? piece : nil
                }
            }
        }
    }

    private static let records: JSON = [
        [
            "id": "p-1", "name": "John Smith", "email": "john.smith@example.com", "dateOfBirth": "1980-05-17",
            "address": ["city": "Berlin"],
        ],
        [
            "name": "Maria Garcia", "email": "maria@example.org", "dateOfBirth": "1991-02-03",
            "address": ["city": "Madrid"],
        ],
        [
            "name": "Jon Smith", "email": "John.Smith@example.com", "dateOfBirth": "1980-05-17",
            "address": ["city": "Berlin"],
        ],
    ]

    /// Somebody made up, the same for the same number.
    private static func person(_ number: Int) -> JSON {
        let syllables = ["ka", "lo", "mir", "ten", "bru", "sel", "dor", "fi", "gan", "pe", "ru", "stal"]
        var state = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
        func chance(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state ^ (state >> 29)) >> 33) % below
        }
        func word() -> String { (0..<3).map { _ in syllables[chance(12)] }.joined() }
        let (first, last) = (word(), word())
        let born = "\(1930 + chance(70))-0\(1 + chance(9))-1\(chance(10))"
        return [
            "id": .string("person-\(number)"), "firstName": .string(first), "lastName": .string(last),
            "dateOfBirth": .string(born), "email": .string("\(last).\(chance(1000))@example.com"),
            "phone": .string("+1555\(1_000_000 + chance(9_000_000))"),
        ]
    }

    private static func manager(_ portal: Portal, _ email: String = "manager@lumen.example") async throws -> Caller {
        .person(try await portal.person(email: email, roles: ["MANAGER"], branch: "brn_berlin"))
    }
}
