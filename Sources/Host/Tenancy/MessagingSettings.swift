import PluginAPI

/// How the tenant's messages are written and what is learned from them (contract §5); `messaging` in its file.
struct MessagingSettings: Described, Equatable {
    /// Whether opened mails and followed links are noted, by links of the portal's own.
    var tracking = false
    /// Whether what leaves the portal says only that there is a message.
    var privateContent = false
    /// Days after which messages, notifications and what became of them are forgotten.
    var retentionDays = 365

    /// A month to ten years.
    static let retention = 30...3653

    static let schema = Schema.object(
        Self.init(tracking:privateContent:retentionDays:),
        Field(
            "tracking", \.tracking, .bool, default: false,
            note: "Whether opened mails and followed links are noted; ask people first where the law says so"),
        Field(
            "privateContent", \.privateContent, .bool, default: false,
            note: "Whether mails, texts and pushes say only that there is a message in the portal"),
        Field(
            "retentionDays", \.retentionDays, .int(retention), default: 365,
            note: "Days after which messages, notifications and their history are forgotten; 30 to ten years"))
}

/// How often and when a message is tried again; `delivery` in the tenant's file.
struct DeliverySettings: Described, Equatable {
    /// Pauses between tries, in seconds; after the last the message is dead.
    var retryScheduleSeconds = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800]

    static let schema = Schema.object(
        Self.init(retryScheduleSeconds:),
        Field(
            "retryScheduleSeconds", \.retryScheduleSeconds, .list(.int(0...86_400), 0...30),
            default: DeliverySettings().retryScheduleSeconds,
            note: "Pauses between tries in seconds, up to a quarter longer by chance; after the last a message is dead")
    )
}
