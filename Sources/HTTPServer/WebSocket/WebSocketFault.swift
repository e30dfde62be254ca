/// What a peer did that a WebSocket connection does not survive (RFC 6455 §7.1.7); each has its close code.
public enum WebSocketFault: String, Error, Sendable, Hashable, CaseIterable {
    /// 1002: a reserved bit is set, though no extension is in use (§5.2).
    case reservedBit
    /// 1002: an operation that is not defined (§5.2).
    case unknownOpcode
    /// 1002: a length in more bytes than it needs, or with its highest bit set (§5.2).
    case malformedLength
    /// 1002: a client's frame without a mask (§5.1).
    case unmasked
    /// 1002: a control frame in fragments (§5.5).
    case fragmentedControl
    /// 1002: a control frame of more than 125 bytes (§5.5).
    case longControl
    /// 1002: a continuation of nothing (§5.4).
    case nothingToContinue
    /// 1002: a new message within one that has not ended (§5.4).
    case interruptedMessage
    /// 1002: a close frame with half a code, or a code that may not be sent (§7.4).
    case malformedClose
    /// 1007: text, or the reason of a close frame, that is no UTF-8 (§8.1).
    case invalidText
    /// 1009: a message over the limit.
    case messageTooBig
    /// 1009: a message in more fragments than the limit.
    case tooManyFragments

    /// The code the connection is closed with.
    public var closeCode: CloseCode {
        switch self {
        case .invalidText: .invalidPayload
        case .messageTooBig, .tooManyFragments: .messageTooBig
        default: .protocolError
        }
    }
}
