import PluginAPI

/// One message on one of its ways to a person.
struct Delivery: Record, Sendable {
    /// Where it stands.
    enum State: String, SQLConvertible, CaseIterable, Sendable {
        /// It is still to be sent, now or later.
        case waiting
        /// The provider took it and will say what became of it.
        case sent
        /// It arrived, or is where nobody hears of it again.
        case delivered
        /// It was given up; staff can have it tried again.
        case dead
        /// A rule held it back for good.
        case suppressed
        /// What it says is not true any more.
        case withdrawn
    }

    let id: String
    /// Of those that are shown in the portal; unique in the tenant.
    let number: Int?
    /// The message that it carries.
    let message: String
    let plugin: String
    let type: String
    let category: NoticeCategory
    let importance: Importance
    let person: PersonID?
    let about: Subject
    let channel: DeliveryChannel
    /// The device, for pushes.
    let device: String?
    let state: State
    /// The rule that held it back.
    let reason: String?
    let attempts: Int
    let dueAt: Instant
    /// The digest that it is part of.
    let batch: String?
    let expiresAt: Instant?
    let createdAt: Instant
    let sentAt: Instant?
    let deliveredAt: Instant?
    let openedAt: Instant?
    let clickedAt: Instant?
    let reference: String?
    let lastError: String?
    /// What was said and to which address, once it has been.
    let said: SentWords?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        number = try row.get("number")
        message = try row.get("message_id")
        plugin = try row.get("plugin")
        type = try row.get("type")
        category = NoticeCategory(try row.get("category"))
        importance = Importance(rawValue: try row.get("importance")) ?? .normal
        person = try row.get("person_id")
        about = Subject(try row.get("about_kind"), id: try row.get("about_id"))
        channel = try row.get("channel")
        device = try row.get("device_id")
        state = try row.get("state")
        reason = try row.get("reason")
        attempts = try row.get("attempts")
        batch = try row.get("batch_id")
        reference = try row.get("provider_reference")
        lastError = try row.get("last_error")
        said = try row.get("said", as: Sealed<SentWords>?.self)?.value
        dueAt = Instant(microseconds: try row.get("due_at"))
        createdAt = Instant(microseconds: try row.get("created_at"))
        expiresAt = try row.get("expires_at", as: Int64?.self).map { Instant(microseconds: $0) }
        sentAt = try row.get("sent_at", as: Int64?.self).map { Instant(microseconds: $0) }
        deliveredAt = try row.get("delivered_at", as: Int64?.self).map { Instant(microseconds: $0) }
        openedAt = try row.get("opened_at", as: Int64?.self).map { Instant(microseconds: $0) }
        clickedAt = try row.get("clicked_at", as: Int64?.self).map { Instant(microseconds: $0) }
    }
}
