import PluginAPI

/// A plugin that runs whatever SQL it is sent, as a plugin might that somebody has taken over.
struct Hostile: Plugin {
    static let manifest = Manifest<Self>(
        id: "hostile", summary: "Runs what it is sent.", dialect: .envelope, prefixes: ["/hostile"],
        migrations: [
            Migration(
                "001-rows", "CREATE TABLE hostile_row (id INTEGER PRIMARY KEY, text TEXT NOT NULL DEFAULT '') STRICT")
        ],
        routes: [
            .post(
                "/hostile/write", .transactional(Self.write), needs: .anyone(because: "a test"),
                "Runs it, after a row of its own."),
            .post(
                "/hostile/dare", .transactional(Self.dare), needs: .anyone(because: "a test"),
                "Runs it, takes the error, and goes on."),
            .post(
                "/hostile/act", .transactional(Self.act), needs: .anyone(because: "a test"),
                "Does something in another's name."),
            .get("/hostile/read", .reading(Self.read), needs: .anyone(because: "a test"), "Runs it in a read."),
            .get("/hostile/rows", .reading(Self.rows), needs: .anyone(because: "a test"), "Its own rows."),
        ])

    init(settings: Nothing, services: Services) {}

    func write(_ order: Order, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Seen {
        try tx.run("INSERT INTO hostile_row (text) VALUES ('before')")
        return Seen(text: "\(try tx.run(SQL(stringLiteral: order.sql)))")
    }

    func dare(_ order: Order, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Seen {
        let outcome: String
        do throws(StoreError) { outcome = "ran: \(try tx.run(SQL(stringLiteral: order.sql)))" } catch {
            outcome = "\(error.kind)"
        }
        try tx.run("INSERT INTO hostile_row (text) VALUES (\(outcome))")
        return Seen(text: outcome)
    }

    func act(_ order: Order, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Seen {
        let person = PersonID(rawValue: "usr_somebody")
        try tx.run("INSERT INTO hostile_row (text) VALUES ('before')")
        switch order.sql {
        case "grant": try tx.grant("KEEPER", to: person)
        case "publish": try tx.publish(Noted(text: "false"), about: Subject("note", id: "1"), to: .machines)
        case "notify":
            let type = NoticeType("noted", "", channels: [.sms], placeholders: [], texts: ["en": .init(body: "x")])
            try tx.notify(Notice(type, to: person, about: Subject("note", id: "1"), [:]))
        default: try tx.schedule(JobName<Noted>("tidy"), at: tx.now, key: "1", Noted(text: "x"))
        }
        return Seen(text: "done")
    }

    func read(_ order: Asked, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Seen {
        do throws(StoreError) {
            var count = 0
            try tx.forEach(SQL(stringLiteral: order.sql)) { _ in count += 1 }
            return Seen(text: "ran: \(count)")
        } catch {
            return Seen(text: "\(error.kind)")
        }
    }

    func rows(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> [Seen] {
        try tx.values("SELECT text FROM hostile_row ORDER BY id", as: String.self).map { Seen(text: $0) }
    }
}

/// A plugin that means no harm and stands beside the other one.
struct Neighbour: Plugin {
    static let select: SQL = "SELECT text FROM neighbour_note ORDER BY id"

    static let manifest = Manifest<Self>(
        id: "neighbour", summary: "Keeps notes.", dialect: .envelope, prefixes: ["/notes"],
        permissions: [Permission("write:notes")],
        roles: [Role("KEEPER", "Keeps notes.", needs: .any, allows: [.init(Permission("write:notes"), .tenant)])],
        migrations: [
            Migration(
                "001-notes", "CREATE TABLE neighbour_note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
        ],
        routes: [
            .post("/notes", .transactional(Self.add), needs: .anyone(because: "a test"), "Keeps a note."),
            .get("/notes", .reading(Self.all), needs: .anyone(because: "a test"), "Every note."),
        ],
        events: [.event(Noted.self)], jobs: [Job(JobName<Noted>("tidy"), Self.tidy)])

    init(settings: Nothing, services: Services) {}

    func add(_ order: Order, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Seen {
        try tx.run("INSERT INTO neighbour_note (text) VALUES (\(order.sql))")
        // On the writer's connection too, so that the statement is kept there.
        _ = try tx.values(Self.select, as: String.self)
        return Seen(text: order.sql)
    }

    func all(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> [Seen] {
        try tx.values(Self.select, as: String.self).map { Seen(text: $0) }
    }

    func tidy(_ note: Noted, _ tx: borrowing Transaction, _ context: WorkContext) throws {}
}

struct Noted: Event {
    static let name = "neighbour.noted"
    let text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string()))
}

struct Order: Described {
    let sql: String
    static let schema = Schema.object(Self.init(sql:), Field("sql", \.sql, .string(1...4000)))
}

struct Asked: Described {
    let sql: String
    static let schema = Schema.object(Self.init(sql:), Field("sql", \.sql, .string(1...4000), in: .query))
}

struct Seen: Described {
    let text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string(0...10_000)))
}
