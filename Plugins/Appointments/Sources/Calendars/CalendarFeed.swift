internal import Documents
internal import PluginAPI

/// A calendar that a customer's programs subscribe to: who knows its address reads it, so the address is a secret, told once
/// and kept as its keyed hash only.
extension Appointments {
    /// `GET /api/customer/calendar-feed`
    func calendarFeed(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> CalendarFeed {
        let since: Int64? = try tx.value(
            "SELECT created_at FROM appointments_feed WHERE person_id = \(call.caller.id)")
        return CalendarFeed(isActive: since != nil, url: nil, createdAt: since.map { Instant(microseconds: $0) })
    }

    /// `POST /api/customer/calendar-feed`: makes the address, or another one in its place.
    func rotateCalendarFeed(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> CalendarFeed {
        let secret = FeedSecret.make()
        try tx.run(
            """
            INSERT INTO appointments_feed (person_id, secret, created_at)
            VALUES (\(call.caller.id), \(FeedSecret.index(secret)), \(call.now.microseconds))
            ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
            """)
        try tx.audit(
            AuditEntry("calendar-feed.made", on: Subject("calendar-feed", id: "", owner: call.caller.id)))
        return CalendarFeed(
            isActive: true, url: "\(call.tenant.origin)/calendar-feeds/\(secret).ics", createdAt: call.now)
    }

    /// `DELETE /api/customer/calendar-feed`
    func revokeCalendarFeed(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        let removed = try tx.run("DELETE FROM appointments_feed WHERE person_id = \(call.caller.id)")
        if removed > 0 {
            try tx.audit(
                AuditEntry("calendar-feed.revoked", on: Subject("calendar-feed", id: "", owner: call.caller.id)))
        }
        return NoContent()
    }

    /// `GET /calendar-feeds/{file}`, the file being the secret and `.ics`.
    func readCalendarFeed(_ named: FeedNamed, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Content {
        guard let secret = FeedSecret.inFile(named.file) else { throw Problem.notFound }
        let person: PersonID? = try tx.value(
            "SELECT person_id FROM appointments_feed WHERE secret = \(FeedSecret.index(secret))")
        guard let person else { throw Problem.notFound }
        let first = call.now - .seconds(90 * 86_400)
        let rows: [AppointmentRow] = try tx.all(
            AppointmentRow.select
                + """
                WHERE a.person_id = \(person) AND a.start_at > \(first.microseconds)
                AND a.state NOT IN \(SQL.list([AppointmentState.held, .rescheduled]))
                ORDER BY a.start_at, a.id LIMIT 1000
                """)
        let calendar = VisitCalendar(tenant: call.tenant, branches: try tx.branchesByID()).feed(of: rows)
        return Content(.bytes(calendar.bytes), mediaType: calendar.contentType, fileName: "calendar.ics", isShown: true)
    }
}

/// The secret in a calendar's address.
enum FeedSecret {
    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
    private static let length = 40

    /// 200 bits from the system's generator for secrets.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            decoding: (0..<length).map { _ in alphabet[Int(generator.next(upperBound: UInt64(alphabet.count)))] },
            as: UTF8.self)
    }

    /// What finds it without telling it.
    static func index(_ secret: String) -> BlindIndex { BlindIndex(secret, tag: "calendar-feed") }

    /// The secret in a file's name; nil when it cannot be one.
    static func inFile(_ name: String) -> String? {
        guard name.hasSuffix(".ics") else { return nil }
        let secret = name.dropLast(4)
        return secret.utf8.count == length && secret.utf8.allSatisfy(alphabet.contains) ? String(secret) : nil
    }
}

/// Whether somebody has a calendar to subscribe to, and when it got its address.
struct CalendarFeed: Described {
    let isActive: Bool
    /// Told once, when it is made.
    let url: String?
    let createdAt: Instant?

    static let schema = Schema<CalendarFeed>.object(
        CalendarFeed.init(isActive:url:createdAt:), Field("isActive", \.isActive, .bool),
        .leftOutWhenNil("url", \.url, .optional(.string(1...1000)), note: "Told once, when it is made"),
        Field("createdAt", \.createdAt, .optional(Instant.schema)))
}

/// The input of `GET /calendar-feeds/{file}`.
struct FeedNamed: Described {
    let file: String

    static let schema = Schema<FeedNamed>.object(
        FeedNamed.init(file:), Field("file", \.file, .string(1...100), in: .path, note: "The secret, and .ics"))
}
