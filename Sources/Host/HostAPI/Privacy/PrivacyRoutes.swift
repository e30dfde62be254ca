import Database
import PluginAPI

extension Route<PorticoAPI> {
    static let privacy: [Route<PorticoAPI>] = [
        .post(
            PorticoAPI.base + "/me/export", .transactional(PorticoAPI.askForExport), needs: .member,
            limits: [.per(.person, RateLimit.Window(5, each: .seconds(86_400)))], status: 202,
            refuses: [PrivacyRefusal.self],
            "Asks for everything that is kept of oneself. One is made at a time; asking again meanwhile finds it."),
        .get(
            PorticoAPI.base + "/me/export", .reading(PorticoAPI.latestExport), needs: .member,
            "How the export stands that was last asked for."),
        .get(
            PorticoAPI.base + "/me/export/{id}/file", .reading(PorticoAPI.exportFile), needs: .member,
            "An export that is done: one JSON document."),
        .post(
            PorticoAPI.base + "/erasures", .asynchronous(PorticoAPI.erase), needs: .permission(.erasePeople),
            refuses: [HostRefusal.self],
            notTransactionalBecause: "it changes more than the transaction of a request may",
            "Erases a person for good: what is theirs alone is deleted, what others or the law need stays without name."
        ),
        .get(
            PorticoAPI.base + "/erasures", .reading(PorticoAPI.erasures), needs: .permission(.erasePeople),
            "Who was erased, when and by whom; the newest first."),
    ]
}

/// What exports of oneself refuse.
enum PrivacyRefusal: Refusal {
    case actingForAnother

    var problem: Problem {
        switch self {
        case .actingForAnother:
            Problem(403, "NOT_ONESELF", "Only the person themselves can have everything that is kept of them.")
        }
    }
}

/// How an export stands.
struct ExportShown: Described {
    var id: LongJobID
    var state: LongJobState
    var done: Int
    var total: Int
    var createdAt: Instant
    var finishedAt: Instant?
    var downloadUrl: String?
    var error: LongJobError?

    static let schema = Schema.object(
        Self.init(id:state:done:total:createdAt:finishedAt:downloadUrl:error:), Field("id", \.id, LongJobID.schema),
        Field("state", \.state, .oneOf), Field("done", \.done, .int(0...(1 << 53))),
        Field("total", \.total, .int(0...(1 << 53))), Field("createdAt", \.createdAt, Instant.schema),
        Field("finishedAt", \.finishedAt, .optional(Instant.schema)),
        .leftOutWhenNil("downloadUrl", \.downloadUrl, .optional(.string(1...2000)), note: "When it is done."),
        .leftOutWhenNil("error", \.error, .optional(LongJobError.schema)))

    init(
        id: LongJobID, state: LongJobState, done: Int, total: Int, createdAt: Instant, finishedAt: Instant?,
        downloadUrl: String?, error: LongJobError?
    ) {
        self.id = id
        self.state = state
        self.done = done
        self.total = total
        self.createdAt = createdAt
        self.finishedAt = finishedAt
        self.downloadUrl = downloadUrl
        self.error = error
    }

    init(_ record: LongJobRecord) {
        self.init(
            id: record.id, state: record.state, done: record.done, total: record.total, createdAt: record.createdAt,
            finishedAt: record.finishedAt,
            downloadUrl: record.state == .done ? "\(PorticoAPI.base)/me/export/\(record.id.rawValue)/file" : nil,
            error: record.error)
    }
}

/// Everything that is kept of a person.
struct ExportedPerson: Described {
    var document: JSON
    static let schema = Schema<JSON>.openObject.converted(
        to: { ExportedPerson(document: $0) }, from: { $0.document }, allowed: "an object")
}

/// One export.
struct ExportNamed: Described {
    var id: LongJobID
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, LongJobID.schema, in: .path))
}

/// Somebody who is to be erased.
struct ErasureAsked: Described {
    var userId: PersonID
    static let schema = Schema.object(Self.init(userId:), Field("userId", \.userId, PersonID.schema))
}

extension PorticoAPI {
    static let exporting = LongJobName<Nothing, ExportedPerson>("person-export")

    func askForExport(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> ExportShown {
        guard call.onBehalfOf == nil else { throw PrivacyRefusal.actingForAnother }
        let person = call.caller.principal.person
        let going = try tx.host { tables, _ in try LongJobTable.latest(Self.exporting.name, for: person, tables) }
        if let going, going.state == .waiting || going.state == .running { return ExportShown(going) }
        let begun = try tx.start(Self.exporting, Nothing(), for: person)
        try tx.audit(AuditEntry("person.exported", on: People.subject(person)))
        return ExportShown(
            id: begun.id, state: begun.state, done: 0, total: 0, createdAt: begun.createdAt, finishedAt: nil,
            downloadUrl: nil, error: nil)
    }

    func latestExport(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ExportShown {
        let person = try oneself(call)
        return try tx.host { tables in
            guard let found = try LongJobTable.latest(Self.exporting.name, for: person, tables) else {
                throw Problem.notFound
            }
            return ExportShown(found)
        }
    }

    func exportFile(
        _ named: ExportNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Content {
        let person = try oneself(call)
        let status = try tx.status(of: Self.exporting, named.id, for: person)
        guard let result = status?.result else { throw Problem.notFound }
        return Content(
            .bytes(ExportedPerson.schema.encode(result)), mediaType: "application/json",
            fileName: "\(services.tenant.slug)-export.json")
    }

    /// The caller, who acts for nobody else.
    private func oneself(_ call: Call<Member>) throws -> PersonID {
        guard call.onBehalfOf == nil else { throw Problem.notFound }
        return call.caller.id
    }

    /// Makes an export.
    func export(_ nothing: Nothing, _ run: LongRun) async throws -> ExportedPerson {
        guard let person = run.person else { throw Problem.notFound }
        let export = PersonExport(
            database: host.database, tables: try PersonalTables(host.definitions), person: person,
            filesAt: services.tenant.origin + Self.base + "/files")
        return ExportedPerson(
            document: try await export.document(now: services.clock.now) { try await run.report($0, of: $1) })
    }

    /// In one transaction, which may change as much as is kept of anybody.
    func erase(_ asked: ErasureAsked, _ call: Call<Member>) async throws -> ErasureShown {
        let principal = call.caller.principal
        let origin = Origin(call)
        guard asked.userId != principal.person else { throw HostRefusal.oneself }
        let budget = WriteBudget(rows: 5_000_000, statements: 500_000)
        return try await host.database.write(as: .host, budget: budget) { session in
            let tables = HostWriter(session)
            try requireAuthority(of: principal, over: asked.userId, "person.erased", tables)
            let id = Identifier.make("ers", at: origin.now)
            let erasure = Erasure(
                person: asked.userId, pseudonym: Identifier.make("erased", at: origin.now),
                tables: try PersonalTables(host.definitions), slug: services.tenant.slug, origin: origin,
                host: tables)
            let rows = try keepingAdministrator("person.erased", asked.userId, tables) { try erasure.run() }
            try ErasureTable.add(id, asked.userId, rows, origin, tables)
            try erasure.tell()
            guard let shown = try ErasureTable.find(id, tables) else { throw Problem.fault }
            return shown
        }
    }

    func erasures(
        _ asked: OwnListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<ErasureShown> {
        try tx.host { tables in
            let found = try ErasureTable.page(page: asked.page, limit: asked.limit, tables)
            return Page(found.items, PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
        }
    }
}
