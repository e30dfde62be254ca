/// A whole message.
public struct WebSocketMessage: Sendable, Hashable {
    /// What the bytes are.
    public enum Kind: Sendable, Hashable {
        /// Valid UTF-8.
        case text
        /// Anything.
        case binary
    }

    /// What the bytes are.
    public let kind: Kind
    /// The content, without mask, fragments joined.
    public let bytes: [UInt8]

    /// A message.
    public init(kind: Kind, bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    /// The content as text; of a binary message, what is no UTF-8 is replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
