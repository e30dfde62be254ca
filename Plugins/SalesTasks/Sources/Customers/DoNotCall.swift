internal import PluginAPI

/// A number that nobody calls.
struct DoNotCall: Described, Record {
    let phone: Phone
    let reason: String
    let addedBy: PersonID
    let addedAt: Instant

    init(phone: Phone, reason: String, addedBy: PersonID, addedAt: Instant) {
        self.phone = phone
        self.reason = reason
        self.addedBy = addedBy
        self.addedAt = addedAt
    }

    init(row: borrowing Row) throws(StoreError) {
        phone = try row.get("phone")
        reason = try row.get("reason")
        addedBy = try row.get("added_by")
        addedAt = Instant(microseconds: try row.get("added_at"))
    }

    static let schema = Schema<DoNotCall>.object(
        DoNotCall.init(phone:reason:addedBy:addedAt:), Field("phone", \.phone, Phone.schema),
        Field("reason", \.reason, .string(1...200)), Field("addedBy", \.addedBy, PersonID.schema),
        Field("addedAt", \.addedAt, Instant.schema))
}

extension Transaction {
    /// Puts a number on the list; from this moment on it is in nobody's queue.
    ///
    /// - Returns: false when it was there.
    @discardableResult
    borrowing func forbidCalls(to phone: Phone, because reason: String, by person: PersonID) throws(StoreError) -> Bool
    {
        let added = try run(
            """
            INSERT INTO salestasks_dnc (phone, reason, added_by, added_at)
            VALUES (\(phone), \(reason), \(person), \(now.microseconds)) ON CONFLICT DO NOTHING
            """)
        guard added > 0 else { return false }
        try run(
            """
            UPDATE salestasks_work SET state = 'suppressed', updated_at = \(now.microseconds)
            WHERE state IN ('importing', 'queued', 'callback', 'leased')
            AND customer_seq IN (SELECT seq FROM salestasks_customer WHERE phone = \(phone))
            """)
        try audit(
            AuditEntry("do-not-call.added", on: Subject("phone", id: phone.text), details: ["reason": .string(reason)]))
        return true
    }
}
