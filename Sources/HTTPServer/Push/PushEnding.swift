/// How a pushed connection ended.
public enum PushEnding: Sendable, Hashable {
    /// The peer said good-bye, with a code unless it gave none.
    case byPeer(CloseCode?, reason: String)
    /// This side closed it: the application, the end of the server, a queue that was full, or a broken rule.
    case byServer(CloseCode, reason: String)
    /// Without a good-bye: the peer is gone, or did not answer.
    case disconnected
}

/// What became of something that was to be sent.
public enum SendOutcome: Sendable, Hashable {
    /// It is queued, and sent unless the connection breaks.
    case queued
    /// The queue was full already: the client is too slow, and is being disconnected.
    case overflowed
    /// The connection is closed, or closing.
    case closed
}
