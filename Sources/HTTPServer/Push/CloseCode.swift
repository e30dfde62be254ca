/// Why a connection is closed (RFC 6455 §7.4): only codes that may stand in a close frame.
public struct CloseCode: RawRepresentable, Sendable, Hashable {
    /// The number.
    public let rawValue: UInt16

    /// A code; `nil` for numbers that may not be sent: below 1000, 1004 to 1006, 1015 to 2999, and from 5000.
    public init?(rawValue: UInt16) {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: self.rawValue = rawValue
        default: return nil
        }
    }

    private init(known: UInt16) { rawValue = known }

    /// 1000: what the connection was for is done.
    public static let normal = CloseCode(known: 1000)
    /// 1001: the server ends.
    public static let goingAway = CloseCode(known: 1001)
    /// 1002: the peer broke the protocol.
    public static let protocolError = CloseCode(known: 1002)
    /// 1003: a kind of data that is not understood.
    public static let unsupportedData = CloseCode(known: 1003)
    /// 1007: text that is no UTF-8.
    public static let invalidPayload = CloseCode(known: 1007)
    /// 1008: against the rules of the application.
    public static let policyViolation = CloseCode(known: 1008)
    /// 1009: a message that is too big.
    public static let messageTooBig = CloseCode(known: 1009)
    /// 1011: something went wrong on the server's side.
    public static let internalError = CloseCode(known: 1011)
    /// 1013: too busy, or the client too slow; it may come again.
    public static let tryAgainLater = CloseCode(known: 1013)

    /// A code of the application's own, 4000 to 4999; others are moved into that range.
    public static func application(_ code: UInt16) -> CloseCode { CloseCode(known: min(max(code, 4000), 4999)) }
}
