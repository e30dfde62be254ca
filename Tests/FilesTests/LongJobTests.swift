import PluginAPI
import PluginTestKit
import Synchronization
import Testing

/// A plugin that counts, which takes long.
struct Counting: Plugin {
    static let count = LongJobName<Count, Counted>("count")
    static let quick = JobName<Count>("quick")

    static let manifest = Manifest<Self>(
        id: "counting", summary: "Counts.", dialect: .problem, prefixes: ["/counting"],
        roles: [
            Role("OWNER", "Runs it.", needs: .passwordOrFederated, allows: [], administersTenant: true)
        ],
        migrations: [Migration("001", "CREATE TABLE counting_run (number INTEGER PRIMARY KEY, name TEXT) STRICT")],
        routes: [
            .post("/counting/jobs", .transactional(Self.start), needs: .member, status: 202),
            .get("/counting/jobs/{id}", .reading(Self.status), needs: .member),
            .delete("/counting/jobs/{id}", .transactional(Self.cancel), needs: .member),
            .post("/counting/quick", .transactional(Self.ask), needs: .member, status: 202),
        ],
        jobs: [Job(quick, Self.doQuick)],
        longJobs: [LongJob(count, Self.doCount)])

    init(settings: Nothing, services: Services) {}

    struct Count: Described {
        var name: String
        var upTo: Int
        static let schema = Schema.object(
            Self.init(name:upTo:), Field("name", \.name, .string(1...20)), Field("upTo", \.upTo, .int(0...100_000)))
    }

    struct Counted: Described {
        var sum: Int
        var attempt: Int
        static let schema = Schema.object(
            Self.init(sum:attempt:), Field("sum", \.sum, .int(0...(1 << 53))), Field("attempt", \.attempt, .int(1...10))
        )
    }

    struct Named: Described {
        var id: LongJobID
        static let schema = Schema.object(Self.init(id:), Field("id", \.id, LongJobID.schema, in: .path))
    }

    struct Stumbled: Error {}

    func start(_ count: Count, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> LongJobStatus<Counted> {
        try tx.start(Self.count, count, for: call.caller.id)
    }

    func status(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> LongJobStatus<Counted>
    {
        guard let status = try tx.status(of: Self.count, named.id, for: call.caller.id) else { throw Problem.notFound }
        return status
    }

    func cancel(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard try tx.status(of: Self.count, named.id, for: call.caller.id) != nil else { throw Problem.notFound }
        try tx.cancel(Self.count, named.id)
        return NoContent()
    }

    func ask(_ count: Count, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        _ = call.caller.id
        for number in 0..<count.upTo {
            try tx.schedule(
                Self.quick, at: call.now, key: "\(count.name)-\(number)", Count(name: count.name, upTo: number))
        }
        return NoContent()
    }

    func doQuick(_ count: Count, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        Order.shared.note("\(context.tenant.slug) \(count.name)")
        if count.name == "bad" { throw Stumbled() }
    }

    func doCount(_ count: Count, _ run: LongRun) async throws -> Counted {
        if count.name == "refused" { throw Problem(409, "TOO_HIGH", "Nobody counts so far.") }
        if count.name == "bad" || count.name == "slip" && run.attempt < 3 { throw Stumbled() }
        var sum = 0
        for number in 0..<count.upTo {
            sum += number
            if count.name == "cancelled", number == count.upTo / 2 {
                try await run.store.write { tx in try tx.cancel(Self.count, run.id) }
                // The report that is kept comes twice a second, or at the end.
                try await run.report(count.upTo, of: count.upTo)
            }
            try await run.report(number + 1, of: count.upTo)
        }
        let name = count.name
        try await run.store.write { tx in _ = try tx.run("INSERT INTO counting_run (name) VALUES (\(name))") }
        let rows = try await run.store.read { tx in try tx.value("SELECT count(*) FROM counting_run", as: Int.self) }
        guard rows ?? 0 > 0 else { throw Stumbled() }
        return Counted(sum: sum, attempt: run.attempt)
    }
}

/// In which order things were done.
final class Order: Sendable {
    static let shared = Order()
    private let notes = Mutex<[String]>([])
    func note(_ text: String) { notes.withLock { $0.append(text) } }
    func all(of slugs: Set<String>) -> [String] {
        notes.withLock { $0 }.filter { slugs.contains(String($0.prefix { $0 != " " })) }
    }
}

@Suite struct `A long job` {
    private func start(
        _ portal: Portal, _ name: String, _ upTo: Int, _ caller: PluginTestKit.Caller
    ) async -> PluginTestKit.Answer {
        await portal.send("POST", "/counting/jobs", ["name": .string(name), "upTo": .integer(Int64(upTo))], as: caller)
    }

    @Test func `is asked for, looked after, and leaves a result`() async throws {
        try await withPlugin(Counting.self) { portal in
            let ann = PluginTestKit.Caller.person(try await portal.person(email: "ann@example.com", roles: []))
            let bob = PluginTestKit.Caller.person(try await portal.person(email: "bob@example.com", roles: []))
            let made = await start(portal, "sum", 1000, ann)
            #expect(made.status == 202 && made.body["state"] == "waiting", "\(made.text)")
            let path = "/counting/jobs/\(made.body["id"]?.string ?? "")"
            #expect(await portal.send("GET", path, as: bob).status == 404)
            await portal.work()
            let end = await portal.send("GET", path, as: ann)
            #expect(end.body["state"] == "done" && end.body["result"] == ["sum": 499_500, "attempt": 1], "\(end.text)")
            #expect(end.body["done"] == 1000 && end.body["total"] == 1000)
            portal.clock.advance(by: .seconds(8 * 86_400))
            await portal.work()
            #expect(await portal.send("GET", path, as: ann).status == 404)
        }
    }

    @Test func `ends with a refusal, after some failures, or when it is taken back`() async throws {
        try await withPlugin(Counting.self) { portal in
            let ann = PluginTestKit.Caller.person(try await portal.person(email: "ann@example.com", roles: []))
            var paths: [String: String] = [:]
            for name in ["refused", "slip", "bad", "cancelled", "early"] {
                let made = await start(portal, name, 1000, ann)
                paths[name] = "/counting/jobs/\(made.body["id"]?.string ?? "")"
            }
            func state(_ name: String) async -> PluginTestKit.Answer {
                await portal.send("GET", paths[name] ?? "", as: ann)
            }
            #expect(await portal.send("DELETE", paths["early"] ?? "", as: ann).status == 204)
            for _ in 0..<6 {
                await portal.work()
                portal.clock.advance(by: .seconds(600))
            }
            let refused = await state("refused")
            #expect(
                refused.body["state"] == "failed" && refused.body["error"]?["code"] == "TOO_HIGH", "\(refused.text)")
            #expect(await state("slip").body["result"]?["attempt"] == 3)
            let bad = await state("bad")
            #expect(bad.body["state"] == "failed" && bad.body["error"]?["code"] == "INTERNAL_SERVER_ERROR")
            #expect(!bad.text.contains("Stumbled"))
            #expect(await state("cancelled").body["state"] == "cancelled")
            #expect(await state("early").body["state"] == "cancelled")

            let owner = PluginTestKit.Caller.person(try await portal.person(email: "o@example.com", roles: ["OWNER"]))
            let dead = await portal.send("GET", "/_portico/v1/jobs?state=dead", as: owner)
            let all = dead.body["data"]?.elements ?? []
            #expect(
                Set(all.compactMap { $0["key"]?.string }.map { "/counting/jobs/\($0)" })
                    == [paths["bad"], paths["refused"]], "\(dead.text)")
            let id = all.first { $0["lastError"]?.string?.contains("Stumbled") == true }?["id"]?.string ?? ""
            let again = await portal.send("POST", "/_portico/v1/jobs/\(id)/retry", as: owner)
            #expect(again.status == 200 && again.body["state"] == "waiting", "\(again.text)")
            #expect(await portal.send("POST", "/_portico/v1/jobs/\(id)/retry", as: owner).code == "JOB_NOT_DEAD")
            #expect(await portal.send("GET", "/_portico/v1/jobs", as: ann).status == 403)
        }
    }
}

@Suite struct `Queued jobs` {
    @Test func `are seen, and tried again by hand when they were given up`() async throws {
        try await withPlugin(Counting.self) { portal in
            let owner = PluginTestKit.Caller.person(try await portal.person(email: "o@example.com", roles: ["OWNER"]))
            await portal.send("POST", "/counting/quick", ["name": "bad", "upTo": 1], as: owner)
            let path = "/_portico/v1/jobs?plugin=counting"
            var shown = await portal.send("GET", path, as: owner).body["data"]?[0] ?? .null
            #expect(shown["state"] == "waiting" && shown["key"] == "bad-0" && shown["name"] == "quick")
            await portal.work()
            shown = await portal.send("GET", path, as: owner).body["data"]?[0] ?? .null
            #expect(shown["state"] == "retrying" && shown["attempts"] == 1 && shown["nextRunAt"]?.string != nil)
            for _ in 0..<12 {
                portal.clock.advance(by: .seconds(3600 + 900))
                await portal.work()
            }
            shown = await portal.send("GET", path, as: owner).body["data"]?[0] ?? .null
            #expect(shown["state"] == "dead" && shown["lastError"]?.string?.contains("Stumbled") == true)
            let id = shown["id"]?.string ?? ""
            #expect(await portal.send("GET", "/_portico/v1/jobs/\(id)", as: owner).body == shown)
            let again = await portal.send("POST", "/_portico/v1/jobs/\(id)/retry", as: owner)
            #expect(again.status == 200 && again.body["state"] == "waiting" && again.body["attempts"] == 0)
            #expect(await portal.audit.contains { $0.action == "job.retried" })
            for wrong in ["q.AAAA", "job_none", "q.!"] {
                #expect(await portal.send("POST", "/_portico/v1/jobs/\(wrong)/retry", as: owner).status == 404)
            }
        }
    }

    @Test func `of one tenant do not keep another waiting`() async throws {
        let tenants = (1...6).map { "flood\($0)" } + ["small"]
        try await withPlugin(Counting.self, tenants: tenants) { portal in
            for slug in tenants.dropLast() {
                let there = portal.at(slug)
                let owner = PluginTestKit.Caller.person(
                    try await there.person(email: "o@example.com", roles: ["OWNER"]))
                // A transaction may write so many rows.
                for part in 0..<5 {
                    let body: JSON = ["name": .string("flood\(part)"), "upTo": 500]
                    #expect(await there.send("POST", "/counting/quick", body, as: owner).status == 204)
                }
            }
            portal.clock.advance(by: .seconds(60))
            let small = portal.at("small")
            let owner = PluginTestKit.Caller.person(try await small.person(email: "o@example.com", roles: ["OWNER"]))
            #expect(await small.send("POST", "/counting/quick", ["name": "one", "upTo": 1], as: owner).status == 204)
            await portal.work()
            let order = Order.shared.all(of: Set(tenants))
            // The kit runs every write twice.
            #expect(order.count == 2 * (6 * 2500 + 1))
            let before = order.prefix { $0 != "small one" }
            // Each tenant's first turn: all of them were due before the small one was.
            #expect(before.count <= 2 * 6 * 640, "\(before.count) of the others' came before")
        }
    }
}
