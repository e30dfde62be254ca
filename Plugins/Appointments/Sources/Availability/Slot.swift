internal import PluginAPI

/// A visit that can be booked.
struct Slot: Described, Equatable {
    let start: Instant
    let end: Instant
    let practitionerId: String
    let branchId: String
    let timeZone: Zone

    static let schema = Schema<Slot>.object(
        Slot.init(start:end:practitionerId:branchId:timeZone:),
        Field("start", \.start, Instant.schema), Field("end", \.end, Instant.schema),
        Field("practitionerId", \.practitionerId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("timeZone", \.timeZone, Zone.schema, note: "The branch's"))
}

/// The input of `GET /api/customer/availability`.
struct AvailabilityAsked: Described {
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let from: Moment?
    let to: Moment?
    let page: Int
    let limit: Int

    /// The longest time that can be looked through at once.
    static let longest = 62

    static let schema = Schema<AvailabilityAsked>.object(
        AvailabilityAsked.init(serviceId:branchId:practitionerId:from:to:page:limit:),
        Field("serviceId", \.serviceId, .string(1...64), in: .query),
        Field("branchId", \.branchId, .string(1...64), in: .query),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), in: .query, note: "Anyone, if left out"),
        Field(
            "from", \.from, .optional(Moment.schema), in: .query,
            note: "An RFC 3339 time, or a day in the branch's zone; now, if left out"),
        Field(
            "to", \.to, .optional(Moment.schema), in: .query,
            note: "A time, itself left out, or a day, itself included; at most 62 days after from, 7 if left out"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, .int(1...10_000), in: .query, default: 10_000))
}
