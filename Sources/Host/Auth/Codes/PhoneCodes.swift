import Crypto
import PluginAPI

/// One-time codes sent to phones: at most one lives for each phone and purpose. Only a keyed hash is stored.
///
/// Phones nobody has get a row too, with a hash that no code has: what is done for them, and stored, is the same.
enum PhoneCodes {
    /// Signing in.
    static let signIn = "sign-in"

    static let digits = 6
    static let lifetime = Duration.seconds(300)
    static let triesLimit = 5
    /// Asking again within this time changes nothing and sends nothing.
    static let cooldown = Duration.seconds(30)

    /// The keyed hash of a code, bound to tenant, purpose and phone.
    static func tag(_ code: String, _ purpose: String, _ phone: Phone, _ keys: TenantKeys) -> [UInt8] {
        keys.tag("code", "\(purpose) \(phone.text) \(code)")
    }

    /// Makes a code the phone's live one, unless the phone had one just now or a budget is used up.
    ///
    /// - Parameters:
    ///   - tag: of the code that would be sent.
    ///   - registrationIsOpen: whether phones that nobody has get a code too.
    ///   - budget: how many codes the tenant sends.
    static func start(
        _ purpose: String, _ phone: Phone, tag: [UInt8], registrationIsOpen: Bool, budget: SMSBudget, now: Instant,
        _ host: HostWriter
    ) throws(StoreError) -> Start {
        let state = try host.first(
            """
            SELECT (SELECT sent_at FROM portico_code WHERE purpose = \(purpose) AND phone = \(phone)) AS last,
                (SELECT count(*) FROM portico_code_sending
                    WHERE phone = \(phone) AND sent_at > \((now - .seconds(3600)).microseconds)) AS hour,
                (SELECT count(*) FROM portico_code_sending
                    WHERE phone = \(phone) AND sent_at > \((now - .seconds(86_400)).microseconds)) AS day,
                (SELECT person.state FROM portico_identifier AS identifier
                    JOIN portico_person AS person ON person.id = identifier.person_id
                    WHERE identifier.kind = 'phone' AND identifier.value = \(phone)) AS person
            """, as: PhoneState.self)
        guard let state, state.last.map({ now - $0 >= cooldown }) ?? true else { return .nothing }
        // Known and unknown phones are judged alike, before it matters which this is.
        let spending = try SMSSpending(phone, now: now, host)
        if state.hour >= budget.perNumberPerHour || state.day >= budget.perNumberPerDay { return .spent(.number) }
        if spending.prefix >= budget.perPrefixPerDay { return .spent(.prefix) }
        if spending.tenant >= budget.perTenantPerDay { return .spent(.tenant) }
        let isSent = state.person.map { $0 == .active } ?? registrationIsOpen
        try host.run(
            """
            INSERT INTO portico_code (purpose, phone, tag, tries, sent_at, expires_at)
            VALUES (\(purpose), \(phone), \(isSent ? tag : Random.bytes(tag.count)), 0, \(now.microseconds),
                \((now + lifetime).microseconds))
            ON CONFLICT (purpose, phone) DO UPDATE SET tag = excluded.tag, tries = 0, sent_at = excluded.sent_at,
                expires_at = excluded.expires_at
            """)
        try host.run("INSERT INTO portico_code_sending (phone, sent_at) VALUES (\(phone), \(now.microseconds))")
        try SMSSpending.add(isSent ? 1 : 0, phone, now: now, host)
        return isSent ? .sent : .nothing
    }

    /// What comes of asking for a code; the same to whoever asks.
    enum Start: Sendable, Equatable {
        /// The code is to be sent.
        case sent
        /// None is: the phone has one from just now, or nobody has the phone.
        case nothing
        /// None is, because a budget is used up.
        case spent(SMSSpending.Scope)
    }

    /// Counts a try and says whether it was right.
    static func attempt(
        _ purpose: String, _ phone: Phone, tag: [UInt8], now: Instant, _ host: HostWriter
    ) throws(StoreError) -> Attempt {
        let counted = try host.run(
            """
            UPDATE portico_code SET tries = tries + 1
            WHERE purpose = \(purpose) AND phone = \(phone) AND tries < \(triesLimit)
                AND expires_at > \(now.microseconds)
            """)
        let stored = try storedTag(purpose, phone, host)
        let isRight = constantTimeEquals(stored ?? Random.bytes(tag.count), tag)
        guard counted > 0 else { return .none }
        return isRight ? .right : .wrong
    }

    /// What a try comes to.
    enum Attempt: Sendable {
        /// There is no code to try.
        case none
        case wrong, right
    }

    /// Takes the code out of use, if it still is the phone's.
    static func consume(_ purpose: String, _ phone: Phone, tag: [UInt8], _ host: HostWriter) throws(StoreError) -> Bool
    {
        guard let stored = try storedTag(purpose, phone, host), constantTimeEquals(stored, tag) else { return false }
        return try host.run("DELETE FROM portico_code WHERE purpose = \(purpose) AND phone = \(phone)") > 0
    }

    private static func storedTag(
        _ purpose: String, _ phone: Phone, _ host: HostWriter
    ) throws(StoreError) -> [UInt8]? {
        try host.value("SELECT tag FROM portico_code WHERE purpose = \(purpose) AND phone = \(phone)")
    }
}

/// What is known of a phone when a code is asked for.
private struct PhoneState: Record {
    let last: Instant?
    let hour: Int
    let day: Int
    let person: PersonState?

    init(row: borrowing Row) throws(StoreError) {
        last = try row.get("last", as: Int64?.self).map { Instant(microseconds: $0) }
        hour = try row.get("hour")
        day = try row.get("day")
        person = try row.get("person")
    }
}
