internal import PluginAPI

/// Which cases are asked for.
struct CasesAsked: Described {
    let status: MatterStatus?
    let state: MatterState?
    let caseType: String?
    let client: Int?
    let search: String?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<CasesAsked>.object(
        CasesAsked.init(status:state:caseType:client:search:page:pageSize:),
        Field("status", \.status, .optional(.oneOf), in: .query),
        Field("detailed_status", \.state, .optional(.oneOf), in: .query),
        Field("case_type", \.caseType, .optional(.string(1...40)), in: .query),
        Field("client", \.client, .optional(.number), in: .query),
        Field("search", \.search, .optional(.string(1...100)), in: .query, note: "Part of a title or number"),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field("page_size", \.pageSize, .optional(PageAsked.size), in: .query, note: PageAsked.sizeNote))

    var paging: PageAsked { PageAsked(page: page, pageSize: pageSize) }
}

/// A case that is opened.
struct NewCase: Described {
    let title: String
    let caseType: String?
    let description: String
    let client: Int?
    let team: [PersonID]
    let openDate: Day?
    let parties: [NewParty]

    static let schema = Schema<NewCase>.object(
        NewCase.init(title:caseType:description:client:team:openDate:parties:),
        Field("title", \.title, CaseFields.title),
        Field("case_type", \.caseType, .optional(.string(1...40)), note: "The last of the firm's kinds, if left out"),
        Field("description", \.description, CaseFields.description, default: ""),
        Field("client", \.client, .optional(.number), note: "The number of a client's record"),
        Field("team", \.team, .list(PersonID.schema, 0...50), default: [], note: "Beside whoever opens it"),
        Field("open_date", \.openDate, .optional(Day.schema), note: "Today, if left out"),
        Field("parties", \.parties, .list(NewParty.schema, 0...100), default: []))
}

/// A change of a case.
struct CaseChange: NamesCase {
    let id: Int
    let title: Change<String>
    let description: Change<String>
    let openDate: Change<Day>
    let client: Change<Int>

    static let schema = Schema<CaseChange>.object(
        CaseChange.init(id:title:description:openDate:client:), Field("case_id", \.id, .number, in: .path),
        Field("title", \.title, .change(CaseFields.title)),
        Field("description", \.description, .change(CaseFields.description)),
        Field("open_date", \.openDate, .change(Day.schema)),
        Field("client", \.client, .change(.number), note: "Can be set while the case has none"))
}

/// A case that is moved on.
struct CaseMove: NamesCase {
    let id: Int
    let reason: String?

    static let schema = Schema<CaseMove>.object(
        CaseMove.init(id:reason:), Field("case_id", \.id, .number, in: .path),
        Field("reason", \.reason, .optional(.string(1...2000)), note: "Why it is closed or put on hold"))
}

/// The stage that a case enters.
struct StageChange: NamesCase {
    let id: Int
    let stage: String

    static let schema = Schema<StageChange>.object(
        StageChange.init(id:stage:), Field("case_id", \.id, .number, in: .path),
        Field("stage", \.stage, .string(1...100)))
}
