import PluginAPI
import Synchronization

/// A plugin that breaks one promise with each of its routes.
struct PromiseBreaker: Plugin {
    static let manifest = Manifest<Self>(
        id: "breaker", summary: "Breaks promises.", dialect: .clinic, prefixes: ["/breaker"],
        permissions: [Permission("use:breaker")],
        roles: [Role("USER", "Uses it.", needs: .any, allows: [.init(Permission("use:breaker"), .tenant)])],
        migrations: [Migration("001-thing", "CREATE TABLE breaker_thing (id TEXT PRIMARY KEY, person TEXT) STRICT")],
        routes: [
            .post("/breaker/counted", .transactional(Self.count), needs: .permission(Permission("use:breaker"))),
            .post("/breaker/refused", .transactional(Self.refuse), needs: .permission(Permission("use:breaker"))),
            .get("/breaker/anything/{id}", .reading(Self.show), needs: .permission(Permission("use:breaker"))),
            .put("/breaker/faulty", .transactional(Self.fail), needs: .permission(Permission("use:breaker"))),
            .put("/breaker/careless", .asynchronous(Self.careless), needs: .member),
        ],
        personalData: [
            PersonalData(table: "breaker_thing", person: "person", exported: ["id", "birthday"], erasure: .delete)
        ])

    /// What no transaction can undo.
    private static let runs = Mutex(0)

    init(settings: Nothing, services: Services) {}

    func count(_ tx: borrowing Transaction, _ call: Call<Member>) -> Seen {
        Seen(
            text: Self.runs.withLock { runs in
                runs += 1
                return "run \(runs)"
            })
    }

    func refuse(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> Seen {
        throw Problem(409, "NOT_TODAY", "Not today.")
    }

    func show(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) -> Seen { Seen(text: named.id) }

    func fail(_ order: Order, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Seen {
        Seen(text: "\(try tx.run(SQL(stringLiteral: order.sql)))")
    }

    func careless(_ order: Order, _ call: Call<Member>) async throws -> Seen { throw Problem(400, "OOPS", "Oops.") }
}

struct Named: Described {
    let id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
}

/// A plugin whose manifest contradicts itself.
struct Contradictory: Plugin {
    static let manifest = Manifest<Self>(
        id: "contradictory", summary: "", dialect: .clinic, prefixes: ["/here"],
        routes: [.get("/there", .reading(Self.show), needs: .permission(Permission("read:there")))])

    init(settings: Nothing, services: Services) {}
    func show(_ tx: borrowing ReadTransaction, _ call: Call<Member>) -> Seen { Seen(text: "") }
}
