/// A message as a server's frame (RFC 6455 §5.2): whole, without mask. Encoded once, it can be sent to any number of
/// WebSockets, which share its bytes.
public struct WebSocketFrame: Sendable, Hashable {
    enum Opcode: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10
    }

    let bytes: [UInt8]

    init(_ opcode: Opcode, _ payload: some Collection<UInt8>) {
        let count = payload.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 10)
        bytes.append(0x80 | opcode.rawValue)
        switch count {
        case ..<126: bytes.append(UInt8(count))
        case ...0xffff:
            bytes.append(126)
            bytes.append(UInt8(count >> 8))
            bytes.append(UInt8(count & 0xff))
        default:
            bytes.append(127)
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(count >> shift & 0xff)) }
        }
        bytes.append(contentsOf: payload)
        self.bytes = bytes
    }

    /// A text message.
    public static func text(_ text: String) -> WebSocketFrame {
        var text = text
        return text.withUTF8 { WebSocketFrame(.text, $0) }
    }

    /// A text message given as bytes. What is no UTF-8 in them is replaced, for a peer would close the connection.
    public static func text(utf8 bytes: [UInt8]) -> WebSocketFrame {
        var check = UTF8Check()
        if check.accept(bytes.span), check.isComplete { return WebSocketFrame(.text, bytes) }
        return text(String(decoding: bytes, as: UTF8.self))
    }

    /// A binary message.
    public static func binary(_ bytes: [UInt8]) -> WebSocketFrame { WebSocketFrame(.binary, bytes) }

    /// The same kind of message as came in.
    public static func message(_ message: WebSocketMessage) -> WebSocketFrame {
        switch message.kind {
        case .text: text(utf8: message.bytes)
        case .binary: binary(message.bytes)
        }
    }

    /// A close frame: `code`, and as much of `reason` as fits, never half a character.
    static func close(_ code: CloseCode?, _ reason: String = "") -> WebSocketFrame {
        guard let code else { return WebSocketFrame(.close, []) }
        var payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xff)]
        for character in reason.unicodeScalars {
            let encoded = UTF8.encode(character).map(Array.init) ?? []
            guard payload.count + encoded.count <= 125 else { break }
            payload += encoded
        }
        return WebSocketFrame(.close, payload)
    }

    static let ping = WebSocketFrame(.ping, [])
}
