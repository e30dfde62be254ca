/// A frame (RFC 6455 §5.2), with everything a client may get wrong.
public struct Frame: Sendable, Equatable {
    public static let continuation: UInt8 = 0
    public static let text: UInt8 = 1
    public static let binary: UInt8 = 2
    public static let close: UInt8 = 8
    public static let ping: UInt8 = 9
    public static let pong: UInt8 = 10

    public var opcode: UInt8
    public var payload: [UInt8]
    public var isFinal: Bool
    /// The three reserved bits, as a number.
    public var reserved: UInt8
    /// The mask's key; `nil` for none, as only a server may send.
    public var key: [UInt8]?
    /// How many bytes the length is written in: 0, 2 or 8; `nil` for as few as it needs.
    public var lengthBytes: Int?

    public init(
        _ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true, reserved: UInt8 = 0,
        key: [UInt8]? = [0x37, 0xfa, 0x21, 0x3d], lengthBytes: Int? = nil
    ) {
        self.opcode = opcode
        self.payload = payload
        self.isFinal = isFinal
        self.reserved = reserved
        self.key = key
        self.lengthBytes = lengthBytes
    }

    public static func text(_ text: String) -> Frame { Frame(Self.text, Array(text.utf8)) }

    /// A close frame with any number for a code.
    public static func close(_ code: UInt16?, _ reason: [UInt8] = []) -> Frame {
        Frame(Self.close, (code.map { [UInt8($0 >> 8), UInt8($0 & 0xff)] } ?? []) + reason)
    }

    /// The frame on the wire.
    public var bytes: [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        let flag: UInt8 = key == nil ? 0 : 0x80
        let count = payload.count
        switch lengthBytes ?? (count < 126 ? 0 : count < 1 << 16 ? 2 : 8) {
        case 0: bytes.append(flag | UInt8(count & 0x7f))
        case 2: bytes += [flag | 126, UInt8(count >> 8 & 0xff), UInt8(count & 0xff)]
        default:
            bytes.append(flag | 127)
            bytes += stride(from: 56, through: 0, by: -8).map { UInt8(count >> $0 & 0xff) }
        }
        guard let key else { return bytes + payload }
        bytes += key
        let start = bytes.count
        bytes += payload
        bytes.withUnsafeMutableBufferPointer { buffer in
            for index in 0..<count { buffer[start &+ index] ^= key[index & 3] }
        }
        return bytes
    }
}
