/// Why a body stream or a body writer ended early.
public enum BodyError: Error, Sendable, Hashable {
    /// The connection is gone.
    case disconnected
    /// The request's body is refused: over its limit, malformed or too slow.
    case refused(HTTPFault)
    /// More was written than the declared length.
    case tooMuch
    /// Two tasks used it at the same time, or it was used after the answer had ended.
    case misused
    /// The waiting task was cancelled.
    case cancelled
}
