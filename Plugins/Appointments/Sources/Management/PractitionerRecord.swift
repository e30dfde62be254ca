internal import PluginAPI

/// A practitioner, as the clinic's people see them.
struct PractitionerRecord: Described, Equatable {
    let id: String
    let name: String
    let branchId: String
    /// The account that they sign in with.
    let userId: PersonID?
    let workingHours: [WeeklyHours.Span]
    let exceptions: [DayHours]
    let serviceIds: [String]
    let isActive: Bool

    static let schema = Schema<PractitionerRecord>.object(
        PractitionerRecord.init(id:name:branchId:userId:workingHours:exceptions:serviceIds:isActive:),
        Field("id", \.id, .string(1...64)), Field("name", \.name, .string(1...200)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("userId", \.userId, .optional(PersonID.schema), note: "The account they sign in with"),
        Field("workingHours", \.workingHours, .list(WeeklyHours.Span.schema, 0...100), note: "By the branch's clock"),
        Field("exceptions", \.exceptions, .list(DayHours.schema, 0...1000), note: "Days with hours of their own"),
        Field("serviceIds", \.serviceIds, .list(.string(1...64)), note: "What they perform"),
        Field("isActive", \.isActive, .bool))
}

/// The input of `GET /v1/practitioners`.
struct PractitionersAsked: Described {
    let branchId: String?
    let serviceId: String?
    let includeInactive: Bool
    let page: Int
    let limit: Int

    static let schema = Schema<PractitionersAsked>.object(
        PractitionersAsked.init(branchId:serviceId:includeInactive:page:limit:),
        Field("branchId", \.branchId, .optional(.string(1...64)), in: .query),
        Field("serviceId", \.serviceId, .optional(.string(1...64)), in: .query, note: "Only who performs it"),
        Field("includeInactive", \.includeInactive, .bool, in: .query, default: false),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// The input of `GET /v1/practitioners/{practitionerId}`.
struct PractitionerNamed: Described {
    let practitionerId: String

    static let schema = Schema<PractitionerNamed>.object(
        PractitionerNamed.init(practitionerId:),
        Field("practitionerId", \.practitionerId, .string(1...64), in: .path))
}

/// The input of `POST /v1/practitioners`.
struct PractitionerCreate: Described {
    let name: String
    let branchId: String
    let userId: PersonID?
    let workingHours: [WeeklyHours.Span]
    let exceptions: [DayHours]
    let serviceIds: [String]

    static let schema = Schema<PractitionerCreate>.object(
        PractitionerCreate.init(name:branchId:userId:workingHours:exceptions:serviceIds:),
        Field("name", \.name, .string(1...200)), Field("branchId", \.branchId, .string(1...64)),
        Field("userId", \.userId, .optional(PersonID.schema), note: "The account they sign in with"),
        Field("workingHours", \.workingHours, .list(WeeklyHours.Span.schema, 0...100), default: []),
        Field("exceptions", \.exceptions, .list(DayHours.schema, 0...1000), default: []),
        Field("serviceIds", \.serviceIds, .list(.string(1...64), 0...1000), default: []))
}

/// The input of `PATCH /v1/practitioners/{id}`: a field that is left out stays, a list that is sent is the whole list.
struct PractitionerChange: Described {
    let id: String
    let name: String?
    let userId: Change<PersonID>
    let workingHours: [WeeklyHours.Span]?
    let exceptions: [DayHours]?
    let serviceIds: [String]?
    let isActive: Bool?

    static let schema = Schema<PractitionerChange>.object(
        PractitionerChange.init(id:name:userId:workingHours:exceptions:serviceIds:isActive:),
        Field("id", \.id, .string(1...64), in: .path), Field("name", \.name, .optional(.string(1...200))),
        Field("userId", \.userId, .change(PersonID.schema)),
        Field("workingHours", \.workingHours, .optional(.list(WeeklyHours.Span.schema, 0...100))),
        Field("exceptions", \.exceptions, .optional(.list(DayHours.schema, 0...1000))),
        Field("serviceIds", \.serviceIds, .optional(.list(.string(1...64), 0...1000))),
        Field("isActive", \.isActive, .optional(.bool), note: "False only when no visit is ahead"))
}
