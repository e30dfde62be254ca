/// What has a connection once the head of an answer is out: a WebSocket or a stream of events. Made by
/// `Response.webSocket(…)` and `Response.events(…)`.
public struct Takeover: Sendable {
    enum Head: Sendable {
        /// 101, with these fields beyond the answer's own, `connection` among them.
        case upgrade([UInt8])
        /// Content that ends when the occupant says so.
        case content
    }

    let head: Head
    /// Makes the occupant; `isChunked` says how its content is framed.
    let occupant: @Sendable (_ connection: Connection, _ isChunked: Bool) -> any Occupant
}

/// Whoever reads and writes a connection after its last HTTP message. Everything is called on the connection's loop.
protocol Occupant: AnyObject {
    /// Whether input could be handled now.
    var wantsInput: Bool { get }
    /// Whether the client was too slow, so that it gets no more time for what is queued than for a good-bye.
    var isHurried: Bool { get }
    /// What is waited for while nothing waits to be sent.
    var awaited: Connection.DeadlineKind { get }
    /// How long to wait for that, in milliseconds; `nil` for what is the server's to say.
    func patience(_ kind: Connection.DeadlineKind) -> Int64?

    /// The connection is the occupant's from now on. In a turn.
    func begin()
    /// Handles bytes from `position`, which is moved past what has been used, until they are used up or `wantsInput` is
    /// false. In a turn.
    func receive(_ input: borrowing Span<UInt8>, at position: inout Int)
    /// What was awaited has not come.
    func expired(_ kind: Connection.DeadlineKind)
    /// So many bytes are queued that the client has not taken.
    func unsentChanged(_ count: Int)
    /// The peer has closed while no input was wanted.
    func hungUp()
    /// The server ends: says good-bye. In a turn.
    func drain()
    /// The connection is gone.
    func connectionClosed()
}
