/// Reads a client's messages from bytes (RFC 6455 §5): a pure state machine without sockets or clocks.
///
/// Feed it spans; however the bytes are split, the messages and the fault are the same. What is wrong is found at the first
/// byte that shows it, text that is no UTF-8 too. After a fault it stays failed.
public struct WebSocketDecoder: Sendable {
    /// What the decoder found.
    public enum Step: Sendable, Hashable {
        /// The input is used up.
        case needsMore
        /// A whole message.
        case message(WebSocketMessage)
        /// A ping, to be answered with its payload.
        case ping([UInt8])
        /// A pong, asked for or not.
        case pong([UInt8])
        /// A close frame; `code` is `nil` when it is empty. Nothing counts after it.
        case close(CloseCode?, reason: String)
        /// The bytes break the protocol, or a limit.
        case fault(WebSocketFault)
    }

    enum State: UInt8 {
        case opcode, length, shortLength, longLength, mask, payload
    }

    let messageBytes: Int
    let fragmentCount: Int
    var state = State.opcode
    /// Bytes of the field being read that are still to come.
    var missing: UInt8 = 0
    var mask = Mask()
    /// Bytes of the frame's payload that are still to come.
    var remaining: UInt64 = 0
    var opcode = WebSocketFrame.Opcode.continuation
    var isFinal = false
    /// What the message that has begun is; `nil` between messages.
    var kind: WebSocketMessage.Kind?
    var message: [UInt8] = []
    /// Frames of the message so far.
    var fragments = 0
    var text = UTF8Check()
    var control: [UInt8] = []
    var fault: WebSocketFault?

    /// A decoder at the start of a connection.
    ///
    /// - Parameters:
    ///   - messageBytes: The most a message may have.
    ///   - fragmentCount: The most frames a message may come in.
    public init(messageBytes: Int, fragmentCount: Int) {
        self.messageBytes = max(messageBytes, 0)
        self.fragmentCount = max(fragmentCount, 1)
    }

    /// Whether a message, or a frame, has begun and not ended.
    public var isWithinMessage: Bool { kind != nil || state != .opcode }

    /// Reads on from `position`, which is moved past what has been used.
    public mutating func next(_ input: Span<UInt8>, at position: inout Int) -> Step {
        if let fault { return .fault(fault) }
        do throws(WebSocketFault) {
            while true {
                if state == .payload {
                    guard remaining == 0 || position < input.count else { return .needsMore }
                    if let step = try readPayload(input, &position) { return step }
                    continue
                }
                guard position < input.count else { return .needsMore }
                let byte = input[position]
                switch state {
                case .opcode: try readOpcode(byte)
                case .length: try readLength(byte)
                case .shortLength, .longLength: try readExtendedLength(byte)
                case .mask:
                    mask.add(byte)
                    missing -= 1
                    if missing == 0 { state = .payload }
                case .payload: break
                }
                position += 1
            }
        } catch {
            fault = error
            (message, control) = ([], [])
            return .fault(error)
        }
    }
}
