internal import PluginAPI

/// A customer's past in the demo: what they and the staff did, the earliest first.
struct DemoHistory: Described {
    let email: Email
    let acts: [DemoAct]
    static let schema = Schema<DemoHistory>.object(
        DemoHistory.init(email:acts:), Field("email", \.email, Email.schema),
        Field("acts", \.acts, .list(DemoAct.schema, 1...500)))
}

/// Something done in a demo's past.
struct DemoAct: Described {
    enum What: String, CaseIterable, Sendable {
        case profile, device, article, send, triage, ask, answer, assign, review, message, reply, deliver, rate, close,
            withdraw, pay
        case readMessages = "read_messages"
        case readOpinion = "read_opinion"
    }

    let what: What
    /// So many days before the demo is loaded.
    let daysAgo: Int
    /// So many minutes after that, for what happens on one day.
    let minute: Int
    /// Which of the customer's cases, counted from 1.
    let number: Int?
    /// Who of the staff does it.
    let by: Email?
    /// The expert whom a case is given to.
    let expert: Email?
    /// What is asked, answered or written; the article that is read.
    let text: String?
    let rating: Int?
    /// What is paid, in minor units of the company's currency.
    let amountMinor: Int?
    let profile: ProfileChange?
    let newCase: NewCase?
    let opinion: OpinionContent?

    static let schema = Schema<DemoAct>.object(
        DemoAct.init(
            what:daysAgo:minute:number:by:expert:text:rating:amountMinor:profile:newCase:opinion:),
        Field("what", \.what, .oneOf), Field("daysAgo", \.daysAgo, .int(1...3650)),
        Field("minute", \.minute, .int(0...1439), default: 0), Field("case", \.number, .optional(.int(1...100))),
        Field("by", \.by, .optional(Email.schema)), Field("expert", \.expert, .optional(Email.schema)),
        Field("text", \.text, .optional(.string(1...5000))), Field("rating", \.rating, .optional(.int(1...5))),
        Field("amountMinor", \.amountMinor, .optional(.int(1...100_000_000))),
        Field("profile", \.profile, .optional(ProfileChange.schema)),
        Field("send", \.newCase, .optional(NewCase.schema)),
        Field("opinion", \.opinion, .optional(OpinionContent.schema)))

    /// What an act of its kind cannot be without.
    ///
    /// - Throws: ``Problem`` that names it.
    func required<Value>(_ value: Value?, _ name: String) throws(Problem) -> Value {
        guard let value else { throw Problem.invalid(name, .missing, "is required for \(what.rawValue)") }
        return value
    }
}
