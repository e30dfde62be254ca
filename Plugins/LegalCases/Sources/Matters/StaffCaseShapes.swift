internal import PluginAPI

/// A case as the firm's people see it.
struct StaffCase: Described {
    let listed: CaseListed
    let client: ClientBrief?
    let team: [TeamMember]
    let moves: [String]
    let closedBecause: String?
    let documents: [DocumentBrief]
    let tasks: [TaskBrief]
    let createdAt: Instant
    let updatedAt: Instant
    let closedAt: Instant?

    static let schema = Schema<StaffCase>.object(
        StaffCase.init(
            id:title:number:status:openDate:description:caseType:detailedStatus:stage:client:team:moves:closedBecause:
            documents:tasks:createdAt:updatedAt:closedAt:),
        Field("id", \.listed.id, .number), Field("title", \.listed.title, CaseFields.title),
        Field("case_number", \.listed.number, .string(1...40)), Field("status", \.listed.status, .oneOf),
        Field("open_date", \.listed.openDate, Day.schema),
        Field("description", \.listed.description, CaseFields.description),
        Field("case_type", \.listed.caseType, .string(1...40)),
        Field("detailed_status", \.listed.detailedStatus, .oneOf),
        Field("stage", \.listed.stage, .optional(.string(1...100))),
        Field("client", \.client, .optional(ClientBrief.schema)), Field("team", \.team, .list(TeamMember.schema)),
        Field("moves", \.moves, .list(.string(1...40)), note: "What can be done to the case now."),
        Field("closed_because", \.closedBecause, .optional(.string(0...2000))),
        Field("documents", \.documents, .list(DocumentBrief.schema), note: "The newest 50."),
        Field("tasks", \.tasks, .list(TaskBrief.schema), note: "The 50 soonest due."),
        Field("created_at", \.createdAt, Instant.schema), Field("updated_at", \.updatedAt, Instant.schema),
        Field("closed_at", \.closedAt, .optional(Instant.schema)))

    init(_ matter: Matter, client: ClientBrief?, team: [TeamMember], documents: [DocumentBrief], tasks: [TaskBrief]) {
        listed = CaseListed(matter)
        self.client = client
        self.team = team
        moves = matter.state.moves.map(\.rawValue)
        closedBecause = matter.closedBecause
        self.documents = documents
        self.tasks = tasks
        createdAt = matter.createdAt
        updatedAt = matter.updatedAt
        closedAt = matter.closedAt
    }

    private init(
        id: Int, title: String, number: String, status: MatterStatus, openDate: Day, description: String,
        caseType: String, detailedStatus: MatterState, stage: String?, client: ClientBrief?, team: [TeamMember],
        moves: [String], closedBecause: String?, documents: [DocumentBrief], tasks: [TaskBrief], createdAt: Instant,
        updatedAt: Instant, closedAt: Instant?
    ) {
        listed = CaseListed(
            id: id, title: title, number: number, status: status, openDate: openDate, description: description,
            caseType: caseType, detailedStatus: detailedStatus, stage: stage)
        self.client = client
        self.team = team
        self.moves = moves
        self.closedBecause = closedBecause
        self.documents = documents
        self.tasks = tasks
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.closedAt = closedAt
    }
}

/// Whose case it is.
struct ClientBrief: Described {
    /// Of the firm's record; nil once there is none.
    let id: Int?
    let name: String
    let companyName: String

    static let schema = Schema<ClientBrief>.object(
        ClientBrief.init(id:name:companyName:), Field("id", \.id, .optional(.number)),
        Field("name", \.name, .string(0...500)), Field("company_name", \.companyName, .string(0...200)))
}

/// Somebody who works on a case.
struct TeamMember: Described {
    let id: Int?
    let person: PersonID
    let name: String
    let isLead: Bool

    static let schema = Schema<TeamMember>.object(
        TeamMember.init(id:person:name:isLead:), Field("id", \.id, .optional(.number)),
        Field("person_id", \.person, PersonID.schema), Field("name", \.name, .string(0...500)),
        Field("is_lead", \.isLead, .bool))
}
