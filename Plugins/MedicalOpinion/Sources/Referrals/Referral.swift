internal import PluginAPI

/// Somebody whom a customer invited.
struct Referral: Described, Record {
    enum Status: String, CaseIterable, Sendable { case invited, joined }

    let id: String
    let email: Email
    let status: Status
    let sentAt: Instant
    let joinedAt: Instant?

    static let schema = Schema<Referral>.object(
        Referral.init(id:email:status:sentAt:joinedAt:), Field("id", \.id, .string(1...64)),
        Field("email", \.email, Email.schema), Field("status", \.status, .oneOf),
        Field("sentAt", \.sentAt, Instant.schema), Field("joinedAt", \.joinedAt, .optional(Instant.schema)))

    init(id: String, email: Email, status: Status, sentAt: Instant, joinedAt: Instant?) {
        self.id = id
        self.email = email
        self.status = status
        self.sentAt = sentAt
        self.joinedAt = joinedAt
    }

    init(row: borrowing Row) throws(StoreError) {
        let acceptedAt: Int64? = try row.get("accepted_at")
        self.init(
            id: try row.get("id"), email: try row.get("email"), status: acceptedAt == nil ? .invited : .joined,
            sentAt: Instant(microseconds: try row.get("sent_at")),
            joinedAt: acceptedAt.map { Instant(microseconds: $0) })
    }
}

struct Referrals: Described {
    let referrals: [Referral]
    static let schema = Schema<Referrals>.object(
        Referrals.init(referrals:), Field("referrals", \.referrals, .list(Referral.schema)))
}

/// Whom to invite.
struct NewReferral: Described {
    let email: Email
    static let schema = Schema<NewReferral>.object(NewReferral.init(email:), Field("email", \.email, Email.schema))
}

/// Why nobody is invited.
enum ReferralRefusal: Refusal {
    case oneself, alreadyInvited, tooMany

    var problem: Problem {
        switch self {
        case .oneself: .invalid("email", .notAllowed, "must be another person's")
        case .alreadyInvited: .duplicate("You have invited this address already.")
        case .tooMany: Problem(429, "QUOTA_EXCEEDED", "You have invited as many as can be in a day.")
        }
    }
}
