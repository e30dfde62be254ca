internal import PluginAPI

/// A branch as its table holds it.
struct BranchRow: Record {
    let id: String
    let name: String
    let zone: Zone
    let address: Address
    let phone: Phone?
    let email: Email?
    let isActive: Bool

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        name = try row.get("name")
        isActive = try row.get("is_active")
        let zoneName: String = try row.get("zone")
        guard let zone = try? Zone(named: zoneName) else { throw StoreError(.mismatch, "a branch's zone is unknown") }
        self.zone = zone
        address = Address(
            line1: try row.get("line1"), line2: try row.get("line2"), city: try row.get("city"),
            region: try row.get("region"), postalCode: try row.get("postal_code"), country: try row.get("country"))
        phone = try row.get("phone")
        email = try row.get("email")
    }
}

/// A service as its table holds it.
struct ServiceRow: Record {
    let id: String
    let name: String
    let description: String?
    let durationMinutes: Int
    let bufferBefore: Int
    let bufferAfter: Int
    let price: Price?
    let needsRoom: Bool
    let needsApproval: Bool
    let isActive: Bool

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        name = try row.get("name")
        description = try row.get("description")
        durationMinutes = try row.get("duration_minutes")
        bufferBefore = try row.get("buffer_before")
        bufferAfter = try row.get("buffer_after")
        let amount: Int? = try row.get("price_minor")
        let currency: String? = try row.get("currency")
        price = if let amount, let currency { Price(amountMinor: amount, currency: currency) } else { nil }
        needsRoom = try row.get("needs_room")
        needsApproval = try row.get("needs_approval")
        isActive = try row.get("is_active")
    }
}

/// A practitioner as the table holds it.
struct PractitionerRow: Record {
    let practitioner: Practitioner

    init(row: borrowing Row) throws(StoreError) {
        practitioner = Practitioner(
            id: try row.get("id"), name: try row.get("name"), branchId: try row.get("branch_id"))
    }
}

/// One line of somebody's or some place's weekly hours.
struct HoursRow: Record {
    let owner: String
    let span: WeeklyHours.Span

    init(row: borrowing Row) throws(StoreError) {
        owner = try row.get("owner_id")
        guard let weekday = Weekday(rawValue: try row.get("weekday")) else {
            throw StoreError(.mismatch, "no such weekday")
        }
        span = WeeklyHours.Span(weekday: weekday, opens: try row.get("opens"), closes: try row.get("closes"))
    }
}

/// Hours of one day that has hours of its own.
struct ExceptionRow: Record {
    let owner: String
    let day: Day
    let span: WeeklyHours.Span

    init(row: borrowing Row) throws(StoreError) {
        owner = try row.get("owner_id")
        guard let day = Day(iso8601: try row.get("day", as: String.self)) else {
            throw StoreError(.mismatch, "an exception is not of a day")
        }
        self.day = day
        span = WeeklyHours.Span(weekday: day.weekday, opens: try row.get("opens"), closes: try row.get("closes"))
    }
}

/// One holiday of a branch.
struct HolidayRow: Record {
    let branch: String
    let holiday: Holiday

    init(row: borrowing Row) throws(StoreError) {
        branch = try row.get("branch_id")
        guard let day = Day(iso8601: try row.get("day", as: String.self)) else {
            throw StoreError(.mismatch, "a holiday is not a day")
        }
        holiday = Holiday(date: day, name: try row.get("name"))
    }
}

/// One of the things that a service goes with.
struct OfferRow: Record {
    let service: String
    let other: String

    init(row: borrowing Row) throws(StoreError) {
        service = try row.get("service")
        other = try row.get("other")
    }
}

/// What goes with which service.
struct Offers {
    private let branches: [String: [String]]
    private let practitioners: [String: [String]]
    private let people: [String: Practitioner]

    init(branches: [OfferRow], practitioners: [OfferRow], people: [PractitionerRow]) {
        self.branches = Dictionary(grouping: branches, by: \.service).mapValues { $0.map(\.other) }
        self.practitioners = Dictionary(grouping: practitioners, by: \.service).mapValues { $0.map(\.other) }
        self.people = Dictionary(people.map { ($0.practitioner.id, $0.practitioner) }, uniquingKeysWith: { $1 })
    }

    func branches(of service: String) -> [String] { branches[service] ?? [] }
    func practitioners(of service: String) -> [Practitioner] {
        (practitioners[service] ?? []).compactMap { people[$0] }
    }
}
