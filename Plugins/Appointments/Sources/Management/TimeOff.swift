internal import PluginAPI

/// Time in which a practitioner is away or a room is out of use. Nobody can book it, once it is approved.
struct TimeOff: Described {
    let id: String
    let kind: TimeOffKind
    let state: TimeOffState
    let practitionerId: String?
    let roomId: String?
    let branchId: String
    let start: Instant
    let end: Instant
    let reason: String?
    /// Visits that were booked before and now lie within.
    let appointmentIds: [String]

    static let schema = Schema<TimeOff>.object(
        TimeOff.init(id:kind:state:practitionerId:roomId:branchId:start:end:reason:appointmentIds:),
        Field("id", \.id, .string(1...64)), Field("kind", \.kind, .oneOf), Field("state", \.state, .oneOf),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64))),
        Field("roomId", \.roomId, .optional(.string(1...64))), Field("branchId", \.branchId, .string(1...64)),
        Field("start", \.start, Instant.schema), Field("end", \.end, Instant.schema),
        Field("reason", \.reason, .optional(.string(0...500))),
        Field(
            "appointmentIds", \.appointmentIds, .list(.string(1...64), 0...1000),
            note: "Visits booked before that lie within: to be moved or cancelled"))
}

/// Why somebody or something is not there.
enum TimeOffKind: String, CaseIterable, Sendable, SQLConvertible { case block, leave }

/// Leave is asked for; who manages the clinic decides.
enum TimeOffState: String, CaseIterable, Sendable, SQLConvertible { case requested, approved, refused }

/// Time off as its table holds it.
struct TimeOffRow: Record {
    let id: String
    let resource: String
    let branch: String
    let start: Instant
    let end: Instant
    let kind: TimeOffKind
    let state: TimeOffState
    let reason: String?
    let person: PersonID

    static let select: SQL = """
        SELECT id, resource_id, branch_id, start_at, end_at, kind, state, reason, person_id FROM appointments_block
        """

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        resource = try row.get(at: 1)
        branch = try row.get(at: 2)
        start = Instant(microseconds: try row.get(at: 3))
        end = Instant(microseconds: try row.get(at: 4))
        kind = try row.get(at: 5)
        state = try row.get(at: 6)
        reason = try row.get(at: 7)
        person = try row.get(at: 8)
    }

    var subject: Subject { Subject("time-off", id: id, branch: branch) }
}

/// The input of `POST /v1/time-off`.
struct TimeOffCreate: Described {
    let practitionerId: String?
    let roomId: String?
    let kind: TimeOffKind
    let start: Instant
    let end: Instant
    let reason: String?

    static let schema = Schema<TimeOffCreate>.object(
        TimeOffCreate.init(practitionerId:roomId:kind:start:end:reason:),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "This or roomId"),
        Field("roomId", \.roomId, .optional(.string(1...64)), note: "This or practitionerId"),
        Field(
            "kind", \.kind, .oneOf, default: .block,
            note: "Leave waits for somebody with write:services; time is blocked at once"),
        Field("start", \.start, Instant.schema), Field("end", \.end, Instant.schema, note: "At most a year later"),
        Field("reason", \.reason, .optional(.string(0...500)), note: "For the clinic only"))

    /// What is wrong with it beyond its fields' own shapes.
    var mistakes: [Mistake] {
        var mistakes: [Mistake] = []
        if (practitionerId == nil) == (roomId == nil) {
            mistakes.append(Mistake(field: "practitionerId", .missing, "must be sent, or else roomId, not both"))
        }
        if end <= start || end - start > .seconds(366 * 86_400) {
            mistakes.append(Mistake(field: "end", .range, "must be later than start, by a year at most"))
        }
        return mistakes
    }
}

/// The input of `GET /v1/time-off`.
struct TimeOffsAsked: Described {
    let practitionerId: String?
    let branchId: String?
    let state: TimeOffState?
    let from: Moment?
    let page: Int
    let limit: Int

    static let schema = Schema<TimeOffsAsked>.object(
        TimeOffsAsked.init(practitionerId:branchId:state:from:page:limit:),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), in: .query),
        Field("branchId", \.branchId, .optional(.string(1...64)), in: .query),
        Field("state", \.state, .optional(.oneOf), in: .query),
        Field("from", \.from, .optional(Moment.schema), in: .query, note: "What ends later; now, if left out"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// The input of routes about one time off.
struct TimeOffNamed: Described {
    let id: String

    static let schema = Schema<TimeOffNamed>.object(
        TimeOffNamed.init(id:), Field("id", \.id, .string(1...64), in: .path))
}
