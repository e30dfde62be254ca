import PluginAPI

/// How webhooks are sent (contract §7); `webhooks` in the tenant's file.
struct WebhookSettings: Described, Equatable {
    /// The pauses between tries; after the last one a message is given up.
    var retryScheduleSeconds = Self.usual

    /// Nine tries in a day.
    static let usual = [5, 60, 300, 1800, 7200, 18_000, 28_800, 28_800]

    static let schema = Schema.object(
        Self.init(retryScheduleSeconds:),
        Field(
            "retryScheduleSeconds", \.retryScheduleSeconds, .list(.int(1...172_800), 1...20), default: usual,
            note: "Seconds between tries of a webhook's message; after the last it is given up"))
}
