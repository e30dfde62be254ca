import PluginAPI

/// A plugin with a job, a listener, an upload and a download.
struct Courier: Plugin {
    static let manifest = Manifest<Self>(
        id: "courier", summary: "Carries parcels.", dialect: .envelope, prefixes: ["/parcels"],
        migrations: [
            Migration("001-parcels", "CREATE TABLE courier_parcel (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        ],
        routes: [
            .post("/parcels", .transactional(Self.send), needs: .anyone(because: "a test")),
            .get("/parcels", .reading(Self.list), needs: .anyone(because: "a test")),
            .post(
                "/parcels/bulk", .receiving(Self.receive), needs: .anyone(because: "a test"), status: 200,
                notTransactionalBecause: "It is a test of receiving."),
            .get("/parcels/label", .asynchronous(Self.label), needs: .anyone(because: "a test")),
        ],
        events: [.event(Sent.self)], listeners: [.on(Self.heard)],
        jobs: [
            Job(JobName<Sent>("deliver"), Self.deliver),
            Job("sweep", repeating: { _ in .every(seconds: 3600) }, Self.sweep),
        ])

    init(settings: Nothing, services: Services) {}

    func send(_ order: Order, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Seen {
        try tx.publish(Sent(text: order.sql), about: Subject("parcel", id: "1"), to: .machines)
        try tx.schedule(JobName<Sent>("deliver"), at: tx.now + .seconds(86_400), key: order.sql, Sent(text: order.sql))
        return Seen(text: order.sql)
    }

    func list(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> [Seen] {
        try tx.values("SELECT text FROM courier_parcel ORDER BY id", as: String.self).map { Seen(text: $0) }
    }

    func receive(_ nothing: Nothing, _ body: ByteStream, _ call: Call<Anyone>) async throws -> Seen {
        var count = 0
        for try await chunk in body { count += chunk.count }
        return Seen(text: "\(count)")
    }

    func label(_ call: Call<Anyone>) async throws -> Content {
        Content(.bytes(Array("To: Ola".utf8)), mediaType: "text/plain; charset=utf-8", fileName: "label.txt")
    }

    func deliver(_ sent: Sent, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.run("INSERT INTO courier_parcel (text) VALUES (\("delivered \(sent.text)"))")
    }

    func heard(_ sent: Sent, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.run("INSERT INTO courier_parcel (text) VALUES (\("heard \(sent.text)"))")
    }

    func sweep(_ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.run("INSERT INTO courier_parcel (text) VALUES ('swept')")
    }
}

struct Sent: Event {
    static let name = "courier.sent"
    let text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string()))
}
