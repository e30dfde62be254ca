internal import PluginAPI

/// A branch, as the clinic's people see it.
struct BranchRecord: Described, Equatable {
    let id: String
    let name: String
    let timeZone: Zone
    let address: Address
    let phone: Phone?
    let email: Email?
    let openingHours: [WeeklyHours.Span]
    let exceptions: [DayHours]
    let holidays: [Holiday]
    let rooms: [Room]
    let isActive: Bool

    static let schema = Schema<BranchRecord>.object(
        BranchRecord.init(
            id:name:timeZone:address:phone:email:openingHours:exceptions:holidays:rooms:isActive:),
        Field("id", \.id, .string(1...64)), Field("name", \.name, .string(1...200)),
        Field("timeZone", \.timeZone, Zone.schema, note: "IANA name; hours, holidays and days are meant in it"),
        Field("address", \.address, Address.schema), Field("phone", \.phone, .optional(Phone.schema)),
        Field("email", \.email, .optional(Email.schema)),
        Field("openingHours", \.openingHours, .list(WeeklyHours.Span.schema, 0...100)),
        Field("exceptions", \.exceptions, .list(DayHours.schema, 0...1000), note: "Days with hours of their own"),
        Field("holidays", \.holidays, .list(Holiday.schema, 0...1000), note: "Closed as a whole on these days"),
        Field("rooms", \.rooms, .list(Room.schema, 0...1000)),
        Field("isActive", \.isActive, .bool))
}

/// Where visits take place that need more than a practitioner.
struct Room: Described, Equatable {
    /// Nil for one that is to be added.
    let id: String?
    let name: String
    let isActive: Bool

    static let schema = Schema<Room>.object(
        Room.init(id:name:isActive:), Field("id", \.id, .optional(.string(1...64)), note: "Left out for a new one"),
        Field("name", \.name, .string(1...200)), Field("isActive", \.isActive, .bool, default: true))
}

/// The input of `GET /v1/branches/{branchId}`.
struct BranchNamed: Described {
    let branchId: String

    static let schema = Schema<BranchNamed>.object(
        BranchNamed.init(branchId:), Field("branchId", \.branchId, .string(1...64), in: .path))
}

/// The input of lists of what the clinic has.
struct ManagedAsked: Described {
    let includeInactive: Bool
    let page: Int
    let limit: Int

    static let schema = Schema<ManagedAsked>.object(
        ManagedAsked.init(includeInactive:page:limit:),
        Field("includeInactive", \.includeInactive, .bool, in: .query, default: false),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// The input of `POST /v1/branches`.
struct BranchCreate: Described {
    let name: String
    let timeZone: Zone
    let address: Address
    let phone: Phone?
    let email: Email?
    let openingHours: [WeeklyHours.Span]
    let exceptions: [DayHours]
    let holidays: [Holiday]
    let rooms: [Room]

    static let schema = Schema<BranchCreate>.object(
        BranchCreate.init(name:timeZone:address:phone:email:openingHours:exceptions:holidays:rooms:),
        Field("name", \.name, .string(1...200)), Field("timeZone", \.timeZone, Zone.schema),
        Field("address", \.address, Address.schema), Field("phone", \.phone, .optional(Phone.schema)),
        Field("email", \.email, .optional(Email.schema)),
        Field("openingHours", \.openingHours, .list(WeeklyHours.Span.schema, 0...100), default: []),
        Field("exceptions", \.exceptions, .list(DayHours.schema, 0...1000), default: []),
        Field("holidays", \.holidays, .list(Holiday.schema, 0...1000), default: []),
        Field("rooms", \.rooms, .list(Room.schema, 0...1000), default: []))
}

/// The input of `PATCH /v1/branches/{id}`: a field that is left out stays, a list that is sent is the whole list.
struct BranchChange: Described {
    let id: String
    let name: String?
    let timeZone: Zone?
    let address: Address?
    let phone: Change<Phone>
    let email: Change<Email>
    let openingHours: [WeeklyHours.Span]?
    let exceptions: [DayHours]?
    let holidays: [Holiday]?
    let rooms: [Room]?
    let isActive: Bool?

    static let schema = Schema<BranchChange>.object(
        BranchChange.init(
            id:name:timeZone:address:phone:email:openingHours:exceptions:holidays:rooms:isActive:),
        Field("id", \.id, .string(1...64), in: .path), Field("name", \.name, .optional(.string(1...200))),
        Field(
            "timeZone", \.timeZone, .optional(Zone.schema),
            note: "Only while no visit is ahead, whose day it would change"
        ),
        Field("address", \.address, .optional(Address.schema)), Field("phone", \.phone, .change(Phone.schema)),
        Field("email", \.email, .change(Email.schema)),
        Field("openingHours", \.openingHours, .optional(.list(WeeklyHours.Span.schema, 0...100))),
        Field("exceptions", \.exceptions, .optional(.list(DayHours.schema, 0...1000))),
        Field("holidays", \.holidays, .optional(.list(Holiday.schema, 0...1000))),
        Field(
            "rooms", \.rooms, .optional(.list(Room.schema, 0...1000)), note: "A room that is not named is out of use"),
        Field("isActive", \.isActive, .optional(.bool)))

    /// What changes, as columns and their new values.
    var columns: [SQL] {
        var columns: [SQL] = []
        if let name { columns.append("name = \(name)") }
        if let timeZone { columns.append("zone = \(timeZone.name)") }
        if let address {
            columns += [
                "line1 = \(address.line1)", "line2 = \(address.line2)", "city = \(address.city)",
                "region = \(address.region)", "postal_code = \(address.postalCode)", "country = \(address.country)",
            ]
        }
        if phone != .keep { columns.append("phone = \(phone.applied(to: nil))") }
        if email != .keep { columns.append("email = \(email.applied(to: nil))") }
        if let isActive { columns.append("is_active = \(isActive)") }
        return columns
    }
}
