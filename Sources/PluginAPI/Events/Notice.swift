public import Time

/// A kind of message that a plugin sends, with its texts.
public struct NoticeType: Sendable {
    /// `appointment-confirmed`; unique in the plugin.
    public let name: String
    /// When and why it is sent, for people who set their preferences.
    public let summary: String
    /// What it is about, in the words of people's preferences.
    public let category: NoticeCategory
    /// How much it may interrupt.
    public let importance: Importance
    /// The channels it may take, the preferred first. It goes by all that the person has chosen for its category; where they
    /// have chosen none, by the first for which they have an address, and to their devices. In the portal it is always shown.
    public let channels: [Channel]
    /// The placeholders the texts may use.
    public let placeholders: [String]
    /// The texts by language tag; English must be there.
    public let texts: [String: Text]

    /// What a message says. `{name}` stands for a placeholder.
    public struct Text: Sendable {
        /// For e-mail and push; left out where the channel has none.
        public let subject: String
        public let body: String

        public init(subject: String = "", body: String) {
            self.subject = subject
            self.body = body
        }
    }

    public init(
        _ name: String, _ summary: String, category: NoticeCategory = .systemUpdates, importance: Importance = .normal,
        channels: [Channel], placeholders: [String], texts: [String: Text]
    ) {
        self.name = name
        self.summary = summary
        self.category = category
        self.importance = importance
        self.channels = channels
        self.placeholders = placeholders
        self.texts = texts
    }
}

/// A way to reach a person.
public enum Channel: String, Sendable, CaseIterable { case email, sms, push, whatsapp }

/// One message to one person.
public struct Notice: Sendable {
    /// The name of a declared ``NoticeType``.
    public let type: String
    public let to: PersonID
    /// A value for every placeholder.
    public let values: [String: String]
    /// What it is about.
    public let subject: Subject
    /// The earliest moment to send it; now, if nil.
    public let notBefore: Instant?
    /// When it is no longer worth sending, such as a reminder once what it reminds of is over; always, if nil.
    public let notAfter: Instant?
    /// Names it for ``Transaction/withdrawNotices(key:)``; empty for messages that are never taken back.
    public let key: String
    /// Whether this one is an emergency though its type is not.
    public let isEmergency: Bool

    public init(
        _ type: NoticeType, to person: PersonID, about subject: Subject, _ values: [String: String],
        notBefore: Instant? = nil, notAfter: Instant? = nil, key: String = "", isEmergency: Bool = false
    ) {
        self.type = type.name
        to = person
        self.values = values
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.key = key
        self.isEmergency = isEmergency
    }
}
