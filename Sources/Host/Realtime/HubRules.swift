import HTTPServer
import PluginAPI

/// What holds for a tenant's live connections.
struct HubRules: Sendable {
    /// WebSockets and streams of one person at a time.
    var connectionsPerPerson = 5
    /// How long a WebSocket may take to sign in.
    var authTimeout = Duration.seconds(10)
    var clock: any TimeSource = .system
    var log: (any LogSink)?
}

extension CloseCode {
    /// 4401: the credential is not good, or no more.
    static let signIn = application(4401)
    /// 4408: nobody has signed in.
    static let authTimeout = application(4408)
    /// 4429: too many connections, or messages.
    static let tooMany = application(4429)
}
