internal import PluginAPI

/// A case was opened.
struct CaseOpened: Event {
    static let name = "legal-cases.case-opened"
    let facts: CaseFacts
    static let schema = Schema<CaseOpened>.object(
        CaseOpened.init(facts:), Field("case", \.facts, CaseFacts.schema))
}

/// A case was changed, or has moved on.
struct CaseUpdated: Event {
    static let name = "legal-cases.case-updated"
    let facts: CaseFacts
    static let schema = Schema<CaseUpdated>.object(
        CaseUpdated.init(facts:), Field("case", \.facts, CaseFacts.schema))
}

/// What others are told of a case: no words of it, who wants more asks for it.
struct CaseFacts: Described {
    let caseID: Int
    let number: String
    let status: MatterStatus
    let detailedStatus: MatterState
    let stage: String?
    /// What has been done: `opened`, `details`, `stage`, `team`, or a move.
    let change: String

    static let schema = Schema<CaseFacts>.object(
        CaseFacts.init(caseID:number:status:detailedStatus:stage:change:), Field("case_id", \.caseID, .number),
        Field("case_number", \.number, .string(1...40)), Field("status", \.status, .oneOf),
        Field("detailed_status", \.detailedStatus, .oneOf), Field("stage", \.stage, .optional(.string(1...100))),
        Field("change", \.change, .string(1...40)))
}

extension CaseFacts {
    init(_ matter: Matter, _ change: String) {
        self.init(
            caseID: matter.id, number: matter.number, status: matter.state.status, detailedStatus: matter.state,
            stage: matter.stage, change: change)
    }
}

extension LegalCases {
    static let matterEvents: [EventDeclaration] = [
        .event(CaseOpened.self), .event(CaseUpdated.self), .event(DeadlineChanged.self), .event(MessageCreated.self),
    ]

    static let caseTopic = Topic<Self>(
        "cases", "Changes of the cases one works on, or of one's own, and their deadlines.",
        [
            .event("case_opened", Self.openedFacts), .event("case_updated", Self.updatedFacts),
            .event("deadline_updated", Self.deadlineFacts),
        ])

    static let caseWebhooks: [WebhookEvent<Self>] = [
        .event("case.created", "A case was opened.", Self.openedFacts),
        .event("case.updated", "A case was changed, or has moved on.", Self.updatedFacts),
        .event("deadline.updated", "A deadline was set, moved, kept or cancelled.", Self.deadlineFacts),
    ]

    private func openedFacts(_ event: CaseOpened) -> CaseFacts? { event.facts }
    private func updatedFacts(_ event: CaseUpdated) -> CaseFacts? { event.facts }
    private func deadlineFacts(_ event: DeadlineChanged) -> DeadlineChanged? { event }

    /// What goes with a new case, in its transaction.
    func announceOpened(_ matter: Matter, by author: PersonID, _ tx: borrowing Transaction) throws(StoreError) {
        try tx.publish(
            CaseOpened(facts: CaseFacts(matter, "opened")), about: matter.subject,
            to: Self.audience(matter, withClient: true))
        try tx.audit(AuditEntry("case.opened", on: matter.subject, details: matter.facts))
        for person in Self.others(matter.team, than: author) {
            try tx.notify(Notice(.caseAssigned, to: person, about: matter.subject, matter.words))
        }
    }

    /// What goes with every change of a case, in its transaction.
    func announceChanged(
        _ matter: Matter, from old: Matter, _ what: String, by author: PersonID, _ tx: borrowing Transaction
    ) throws(StoreError) {
        try tx.publish(
            CaseUpdated(facts: CaseFacts(matter, what)), about: matter.subject,
            to: Self.audience(matter, withClient: true))
        try tx.audit(AuditEntry("case.\(what)", on: matter.subject, before: old.facts, after: matter.facts))
        if matter.state.status != old.state.status || matter.stage != old.stage, let client = matter.client,
            client != author
        {
            try tx.notify(Notice(.caseMoved, to: client, about: matter.subject, matter.words))
        }
    }
}

extension Matter {
    /// For messages.
    var words: [String: String] {
        ["case": title, "number": number, "status": state.status.rawValue, "stage": stage ?? "—"]
    }

    /// For the audit log.
    fileprivate var facts: JSON {
        [
            "number": .string(number), "title": .string(title), "state": .string(state.rawValue),
            "stage": stage.map { .string($0) } ?? .null, "client": client.map { .string($0.rawValue) } ?? .null,
            "lead": lead.map { .string($0.rawValue) } ?? .null,
            "team": .array(team.map(\.rawValue).sorted().map { .string($0) }),
        ]
    }
}

extension PersonalData {
    /// What cases hold of people.
    static let cases: [PersonalData] = [
        PersonalData(
            table: "legalcases_matter", person: "client_id",
            exported: [
                "id", "number", "title", "description", "case_type", "state", "stage", "open_date", "created_at",
            ],
            erasure: .keep(because: "A firm must keep its cases for as long as the law says.")),
        PersonalData(
            table: "legalcases_matter", person: "lead_id", exported: ["id", "number", "title"],
            erasure: .keep(because: "A firm must be able to say who worked on a case.")),
        PersonalData(
            table: "legalcases_team", person: "person_id", exported: ["matter_id", "since"],
            erasure: .keep(because: "A firm must be able to say who worked on a case.")),
        PersonalData(
            table: "legalcases_party", person: "person_id", exported: ["matter_id", "name", "role", "created_at"],
            erasure: .keep(because: "A firm must find conflicts of interest with clients it had before.")),
        PersonalData(
            table: "legalcases_note", person: "author", exported: ["matter_id", "text", "created_at"],
            erasure: .keep(because: "Notes are the firm's.")),
    ]
}
