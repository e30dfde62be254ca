import PluginTestKit

@testable import MedicalOpinion

/// The plugin's own journeys, with a way to have things happen at any moment: what records events in earnest belongs to
/// cases, messages and profiles.
struct Recorder: Plugin {
    static let manifest = Manifest<Self>(
        id: MedicalOpinion.manifest.id, summary: "Journeys of what a test says happened.",
        dialect: .envelope, prefixes: ["/v1/portal"], permissions: Permission.secondOpinion,
        roles: Role.secondOpinion, migrations: Migrations.all,
        signIns: [
            .password(.under("/v1/portal/auth"), roles: Role.customers, member: "customer", account: Self.signedIn)
        ],
        routes: [
            .post("/v1/portal/test/events", .transactional(Self.record), needs: .own(.writeJourney), status: 200),
            .post("/v1/portal/test/rebuild", .transactional(Self.rebuild), needs: .own(.writeJourney), status: 200),
            .get("/v1/portal/test/kept", .reading(Self.kept), needs: .own(.readJourney)),
            .get("/v1/portal/test/export", .reading(Self.export), needs: .own(.readJourney)),
            .get("/v1/portal/journey", .reading(Self.journey), needs: .own(.readJourney)),
            .post(
                "/v1/portal/journey/milestones/{id}/celebrate", .transactional(Self.celebrate),
                needs: .permission(.writeJourney, of: Self.milestone),
                status: 200),
            .get("/v1/portal/journey/health-score", .reading(Self.score), needs: .own(.readJourney)),
            .get("/v1/portal/journey/timeline", .reading(Self.timeline), needs: .own(.readJourney)),
            .get("/v1/portal/personalization/dashboard", .reading(Self.dashboard), needs: .own(.readJourney)),
        ],
        events: [.event(EngagementScoreChanged.self)])

    private let plugin: MedicalOpinion

    init(settings: MedicalOpinion.Settings, services: Services) {
        plugin = MedicalOpinion(settings: settings, services: services)
    }

    struct Happenings: Described {
        let events: [Happening]
        static let schema = Schema<Happenings>.object(
            Happenings.init(events:), Field("events", \.events, .list(Happening.schema, 0...20_000)))
    }

    struct Happening: Described {
        let kind: LifecycleEvent.Kind
        let at: Instant
        let number: String?
        let details: JSON
        static let schema = Schema<Happening>.object(
            Happening.init(kind:at:number:details:), Field("kind", \.kind, .oneOf), Field("at", \.at, Instant.schema),
            Field("case", \.number, .optional(.string(1...64))),
            Field("details", \.details, .openObject, default: [:]))
    }

    func signedIn(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> SignedInCustomer {
        try plugin.signedIn(signedIn, tx)
    }

    func record(_ given: Happenings, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Happenings {
        for event in given.events {
            try plugin.lifecycle.record(
                LifecycleEvent(event.kind, event.details), of: call.caller.id, case: event.number, at: event.at, in: tx)
        }
        return given
    }

    func rebuild(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> JourneyState {
        try plugin.lifecycle.rebuild(call.caller.id, in: tx)
        return try tx.keptState(of: call.caller.id, plugin.settings.lifecycle) ?? JourneyState()
    }

    func kept(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> JourneyState {
        try tx.keptState(of: call.caller.id, plugin.settings.lifecycle) ?? JourneyState()
    }

    func export(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Happenings {
        var events: [Happening] = []
        try tx.forEach(
            """
            SELECT kind, at, case_number, details FROM medicalopinion_lifecycle_event
            WHERE person_id = \(call.caller.id) ORDER BY at, seq
            """
        ) { (row) throws(StoreError) in
            events.append(
                Happening(
                    kind: try row.get("kind"), at: Instant(microseconds: try row.get("at")),
                    number: try row.get("case_number"), details: JSON.tree(try row.get("details")) ?? .null))
        }
        return Happenings(events: events)
    }

    func journey(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> JourneyAnswer {
        try plugin.journey(tx, call)
    }

    func celebrate(_ named: MilestoneNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> MilestoneShown
    {
        try plugin.celebrate(named, tx, call)
    }

    func milestone(_ named: MilestoneNamed, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try plugin.milestone(named, tx)
    }

    func score(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> HealthScoreAnswer {
        try plugin.healthScore(tx, call)
    }

    func timeline(_ asked: TimelineAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Paged<Timeline>
    {
        try plugin.timeline(asked, tx, call)
    }

    func dashboard(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> DashboardAnswer {
        try plugin.dashboard(tx, call)
    }
}

extension Portal {
    /// Has things happen to a customer: kind, days ago, details.
    @discardableResult
    func happen(_ events: [(String, Int, JSON)], to caller: Caller) async -> Answer {
        let list = events.map { kind, days, details -> JSON in
            [
                "kind": .string(kind), "at": .string((clock.now - .seconds(days * 86_400)).description),
                "case": "EU-2027-000001", "details": details,
            ]
        }
        return await send("POST", "/v1/portal/test/events", ["events": .array(list)], as: caller)
    }

    func data(_ path: String, as caller: Caller) async -> JSON {
        await send("GET", path, as: caller).body["data"] ?? .null
    }
}
