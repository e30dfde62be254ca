import PluginAPI

struct Chore: Described {
    var name: String
    /// How many runs fail before one succeeds.
    var failures: Int
    static let schema = Schema.object(
        Self.init(name:failures:), Field("name", \.name, .string(1...40)),
        Field("failures", \.failures, .int(0...100)))
}

struct ChoreDone: Event {
    static let name = "chores.done"
    var name: String
    var failures: Int
    static let schema = Schema.object(
        Self.init(name:failures:), Field("name", \.name, .string(1...40)),
        Field("failures", \.failures, .int(0...100)))
}

struct ChoreFailed: Error {}

/// A plugin that works: a job that publishes, a listener that hears of it, a job that repeats, a message.
struct Chores: Plugin {
    static let work = JobName<Chore>("work")
    static let done = NoticeType(
        "done", "A chore is done.", channels: [.sms, .email], placeholders: ["name"],
        texts: [
            "en": .init(subject: "Done", body: "{name} is done."),
            "de": .init(subject: "Fertig", body: "{name} fertig."),
        ])

    static let manifest = Manifest<Self>(
        id: "chores", summary: "Chores.", dialect: .clinic, prefixes: ["/chores"],
        migrations: [
            Migration(
                "001",
                """
                CREATE TABLE chores_run (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL) STRICT
                """)
        ],
        routes: [], events: [.event(ChoreDone.self)], notices: [done], listeners: [.on(Self.hear)],
        jobs: [Job(work, Self.doWork), Job("sweep", repeating: { _ in .every(seconds: 3600) }, Self.sweep)])

    init(settings: Nothing, services: Services) {}

    func doWork(_ chore: Chore, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try Self.note("job", chore.name, tx)
        try tx.publish(
            ChoreDone(name: chore.name, failures: chore.failures), about: Subject("chore", id: chore.name),
            to: .machines)
        // Whatever was written before goes with the failure.
        if chore.name.hasPrefix("bad"), context.attempt <= chore.failures { throw ChoreFailed() }
    }

    func sweep(_ tx: borrowing Transaction, _ context: WorkContext) throws { try Self.note("sweep", "", tx) }

    func hear(_ event: ChoreDone, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try Self.note("heard", event.name, tx)
        if event.name.hasPrefix("deaf"), context.attempt <= event.failures { throw ChoreFailed() }
    }

    private static func note(_ kind: String, _ name: String, _ tx: borrowing Transaction) throws {
        try tx.run("INSERT INTO chores_run (kind, name) VALUES (\(kind), \(name))")
    }
}
