internal import Synchronization

/// A connection to somebody else's server on which lines go back and forth: mail. Made by ``HTTPClient/connect(_:within:)``,
/// on the client's loop; one call at a time.
///
/// Whatever goes wrong closes it, as does cancelling the task of a call, or letting the last reference go.
public final class LineConnection: Sendable {
    private let socket: LineSocket
    private let loop: EventLoop

    init(_ socket: LineSocket, on loop: EventLoop) {
        self.socket = socket
        self.loop = loop
    }

    deinit { close() }

    /// Whether it can be used, as far as is known: it is open, and the other side has said nothing unasked.
    public var isUsable: Bool { socket.isUsable.load(ordering: .acquiring) }

    /// Whether the other side is this machine.
    public var isLoopback: Bool { socket.isLoopback.load(ordering: .acquiring) }

    /// Hands bytes to the system. When the other side has stopped reading, what it said before can still be read.
    /// - Throws: ``ClientError``.
    public func send(_ bytes: [UInt8], within limit: Duration) async throws(ClientError) {
        _ = try await perform(.send(bytes), within: limit)
    }

    /// The next line, without its end (CR LF, or LF alone).
    /// - Parameter length: Bytes of the longest line that is taken.
    /// - Throws: ``ClientError``; `headTooLarge` for a longer line.
    public func line(length: Int, within limit: Duration) async throws(ClientError) -> [UInt8] {
        try await perform(.line(length), within: limit)
    }

    /// Agrees on keys (STARTTLS). The server must have said nothing behind its leave to begin: what came in the clear would
    /// count as said under encryption (CVE-2011-0411).
    /// - Throws: ``ClientError``; `tls` for a certificate that is not the host's, and for such words.
    public func secure(within limit: Duration) async throws(ClientError) {
        _ = try await perform(.secure, within: limit)
    }

    /// Closes it after a while in which it is not used.
    public func park(for time: Duration) { loop.submit { [socket] in socket.park(for: time) } }

    /// Closes it. `farewell` is sent first if that can be done at once.
    public func close(_ farewell: [UInt8] = []) { loop.submit { [socket] in socket.leave(farewell) } }

    func perform(_ goal: LineSocket.Goal, within limit: Duration) async throws(ClientError) -> [UInt8] {
        let (socket, loop) = (socket, loop)
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: LineSocket.Continuation) in
                let accepted = loop.submit { socket.begin(goal, within: limit, continuation) }
                if !accepted { continuation.resume(returning: .failure(.closed)) }
            }
        } onCancel: {
            loop.submit { socket.fail(.cancelled) }
        }
        return try result.get()
    }
}

extension HTTPClient {
    /// Connects for a conversation in lines. Every address is judged when it is connected to, and certificates are verified.
    /// - Parameter limit: How long looking the name up, connecting and agreeing on keys may take.
    /// - Throws: ``ClientError``.
    public func connect(_ target: LineTarget, within limit: Duration) async throws(ClientError) -> LineConnection {
        let core = try core()
        let socket = LineSocket(core, target, trust: target.trust ?? configuration.trust)
        let connection = LineConnection(socket, on: core.loop)
        _ = try await connection.perform(.connect, within: limit)
        return connection
    }
}
