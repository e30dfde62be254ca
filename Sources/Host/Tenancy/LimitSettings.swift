import PluginAPI

/// How much the tenant's people may ask (contract §4); `limits` in its file.
struct LimitSettings: Described, Equatable {
    /// By plan, where a plugin's customers are in tiers.
    var tiers = TierTable()
    /// How many texted codes are sent.
    var sms = SMSBudget()

    static let schema = Schema.object(
        Self.init(tiers:sms:),
        Field("tiers", \.tiers, TierTable.schema, default: TierTable(), note: "Requests of one customer, by plan"),
        Field("sms", \.sms, SMSBudget.schema, default: SMSBudget(), note: "How many sign-in codes are texted"))
}

/// How many codes a tenant texts (contract §4): guards against those who earn by messages to numbers of their own.
struct SMSBudget: Described, Equatable {
    /// Codes for one number in an hour, whoever asks.
    var perNumberPerHour = 10
    /// Codes for one number in a day, whoever asks.
    var perNumberPerDay = 30
    /// Messages in a day to all numbers that begin alike, by their first seven characters such as `+491511`.
    var perPrefixPerDay = 200
    /// Messages in a day to all numbers.
    var perTenantPerDay = 2000

    static let schema = Schema.object(
        Self.init(perNumberPerHour:perNumberPerDay:perPrefixPerDay:perTenantPerDay:),
        Field(
            "perNumberPerHour", \.perNumberPerHour, .int(1...60), default: 10, note: "Codes for one number in an hour"),
        Field("perNumberPerDay", \.perNumberPerDay, .int(1...500), default: 30, note: "Codes for one number in a day"),
        Field(
            "perPrefixPerDay", \.perPrefixPerDay, .int(1...1_000_000), default: 200,
            note: "Messages in a day to numbers with the same first seven characters"),
        Field(
            "perTenantPerDay", \.perTenantPerDay, .int(1...10_000_000), default: 2000,
            note: "Messages in a day to all numbers"))
}
