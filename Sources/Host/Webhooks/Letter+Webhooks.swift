import PluginAPI

extension Letter {
    /// Tells the owner of a webhook that nothing is sent to it any more.
    static func webhookStopped(
        _ webhook: Webhook, _ reason: String, to email: Email, of tenant: Tenant, now: Instant
    ) -> Letter {
        // What others have written goes into a letter on one line, and cut short.
        func line(_ text: String) -> String {
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(300)))
        }
        return Letter(
            type: "webhook-stopped", channel: .email, address: email.text,
            subject: "\(tenant.name): A webhook was stopped",
            body: """
                Nothing is sent to this webhook any more:

                \(line(webhook.endpoint))

                The reason: \(line(reason)). What has happened in the last seven days can be sent again once the webhook is \
                switched on: \(tenant.origin)
                """, expiresAt: now + .seconds(7 * 86_400))
    }
}
