import PluginAPI

/// A message of the sign-in to an address: a code, a link, a notice.
struct Letter: Sendable, Equatable {
    /// What kind of message it is, for the outbox.
    let type: String
    let channel: Channel
    let address: String
    var subject = ""
    let body: String
    /// When it is worth nothing any more.
    let expiresAt: Instant
}
