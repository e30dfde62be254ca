import Glibc

@testable import HTTPServer

/// A server that says exactly what a test tells it to, on blocking sockets.
final class RawPeer: Sendable {
    let port: UInt16
    private let listener: Int32

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard code == 0 else { throw RawClient.Failure(call: "listen") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { Glibc.close(listener) }

    /// The next client.
    func accept() throws -> RawClient {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { throw RawClient.Failure(call: "accept") }
        return RawClient(accepted: descriptor)
    }

    /// Whether a client waits to be accepted.
    var hasWaiting: Bool {
        var poll = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, 0) > 0
    }

    /// Answers one request with these bytes and closes.
    func answerOnce(_ bytes: String) async throws {
        try await onThread { [self] in
            Result {
                let client = try accept()
                _ = try client.read(through: "\r\n\r\n")
                try? client.send(bytes)
                client.finishSending()
                _ = client.readToEnd()
            }
        }.get()
    }
}
