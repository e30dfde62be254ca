internal import PluginAPI

/// A place where the clinic receives people.
struct Branch: Described, Equatable {
    let id: String
    let name: String
    let timeZone: Zone
    let address: Address
    let phone: Phone?
    let email: Email?
    let openingHours: [WeeklyHours.Span]
    /// The coming days on which it is closed.
    let holidays: [Holiday]

    static let schema = Schema<Branch>.object(
        Branch.init(id:name:timeZone:address:phone:email:openingHours:holidays:),
        Field("id", \.id, .string(1...64)),
        Field("name", \.name, .string(1...200)),
        Field("timeZone", \.timeZone, Zone.schema, note: "IANA name; hours, holidays and days are meant in it"),
        Field("address", \.address, Address.schema),
        Field("phone", \.phone, .optional(Phone.schema)),
        Field("email", \.email, .optional(Email.schema)),
        Field("openingHours", \.openingHours, .list(WeeklyHours.Span.schema, 0...100)),
        Field("holidays", \.holidays, .list(Holiday.schema, 0...1000), note: "Closed as a whole on these days"))
}

/// A day on which a branch is closed.
struct Holiday: Described, Equatable {
    let date: Day
    let name: String

    static let schema = Schema<Holiday>.object(
        Holiday.init(date:name:), Field("date", \.date, Day.schema), Field("name", \.name, .string(1...100)))
}
