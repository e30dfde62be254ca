import Glibc

/// A WebSocket client for tests: blocking, and free to break every rule. For one thread.
public final class WebSocketClient {
    /// What went wrong.
    public struct Failure: Error {
        public var what: String
        public var code = errno
    }

    /// What comes from the server.
    public enum Event: Equatable, Sendable {
        case text(String)
        case binary([UInt8])
        case ping([UInt8])
        case pong([UInt8])
        /// A close frame; `nil` when it is empty.
        case close(UInt16?, String)
        /// The end of the connection.
        case end
        /// A frame that no server may send.
        case nonsense(String)
    }

    /// What carries the bytes where it is no socket of the client's own, such as an encrypted connection.
    public struct Wire {
        /// Sends all of it.
        let send: ([UInt8]) throws -> Void
        /// Waits for bytes and says how many came; none, or fewer, at the end.
        let receive: (UnsafeMutableRawBufferPointer) -> Int

        public init(send: @escaping ([UInt8]) throws -> Void, receive: @escaping (UnsafeMutableRawBufferPointer) -> Int)
        {
            self.send = send
            self.receive = receive
        }
    }

    /// The answer's head, from the status line to before the empty line.
    public private(set) var head = ""
    private var descriptor: Int32 = -1
    private var wire: Wire?
    private var buffer: [UInt8] = []
    private var scratch = [UInt8](repeating: 0, count: 64 * 1024)
    private var position = 0
    private var isAtEnd = false

    /// Connects and says what is given, or the usual handshake.
    public init(
        port: UInt16, path: String = "/", host: String = "localhost", fields: [String] = [], request: String? = nil,
        receiveBuffer: Int32? = nil
    ) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "socket") }
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(what: "connect") }
        try send(Array((request ?? Self.handshake(path: path, host: host, fields: fields)).utf8))
        try readHead()
    }

    /// Says the usual handshake over a connection that is there.
    public init(over wire: Wire, path: String = "/", host: String = "localhost", fields: [String] = []) throws {
        self.wire = wire
        try send(Array(Self.handshake(path: path, host: host, fields: fields).utf8))
        try readHead()
    }

    deinit { close() }

    /// The usual handshake, with more fields.
    public static func handshake(path: String = "/", host: String = "localhost", fields: [String] = []) -> String {
        ([
            "GET \(path) HTTP/1.1", "Host: \(host)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        ] + fields)
        .joined(separator: "\r\n") + "\r\n\r\n"
    }

    /// The status of the answer.
    public var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    /// A field of the answer.
    public func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name + ":") {
            return line.dropFirst(name.count + 1).drop { $0 == " " }.description
        }
        return nil
    }

    /// Sends bytes, all at once or so many at a time.
    public func send(_ bytes: [UInt8], chop: Int? = nil) throws {
        if let wire { return try wire.send(bytes) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, min(chop ?? $0.count, $0.count), Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(what: "send") }
            sent += count
        }
    }

    /// Sends a frame.
    public func send(_ frame: Frame, chop: Int? = nil) throws { try send(frame.bytes, chop: chop) }

    /// Whether the server has said something that has not been read.
    public var hasInput: Bool {
        var byte: UInt8 = 0
        return position < buffer.count || recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) >= 0
    }

    /// Closes without a word.
    public func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Tells that nothing more comes.
    public func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// The next thing the server says. A message must come whole, as this server sends it.
    public func receive() -> Event {
        guard let header = read(2) else { return .end }
        guard header[0] & 0x70 == 0 else { return .nonsense("reserved bits") }
        guard header[0] & 0x80 != 0 else { return .nonsense("a fragment") }
        guard header[1] & 0x80 == 0 else { return .nonsense("a mask") }
        var length = Int(header[1])
        if length >= 126 {
            let isShort = length == 126
            guard let more = read(isShort ? 2 : 8) else { return .nonsense("half a frame") }
            length = more.reduce(0) { $0 << 8 | Int($1) }
            guard length > (isShort ? 125 : 0xffff) else { return .nonsense("a length in too many bytes") }
        }
        guard let payload = read(length) else { return .nonsense("half a frame") }
        if header[0] & 0x08 != 0, length > 125 { return .nonsense("a long control frame") }
        switch header[0] & 0x0f {
        case Frame.text:
            guard let text = String(validating: payload, as: UTF8.self) else { return .nonsense("text that is none") }
            return .text(text)
        case Frame.binary: return .binary(payload)
        case Frame.ping: return .ping(payload)
        case Frame.pong: return .pong(payload)
        case Frame.close:
            if payload.isEmpty { return .close(nil, "") }
            guard payload.count >= 2, let reason = String(validating: payload.dropFirst(2), as: UTF8.self) else {
                return .nonsense("half a code, or a reason that is no text")
            }
            return .close(UInt16(payload[0]) << 8 | UInt16(payload[1]), reason)
        default: return .nonsense("an unknown opcode")
        }
    }

    /// Everything up to the end.
    public func receiveAll() -> [Event] {
        var events: [Event] = []
        while true {
            let event = receive()
            if event == .end { return events }
            events.append(event)
            if case .nonsense = event { return events }
        }
    }

    /// Exactly so many bytes; `nil` when the end comes before.
    public func read(_ count: Int) -> [UInt8]? {
        while buffer.count - position < count { guard fill() else { return nil } }
        let taken = Array(buffer[position..<position + count])
        position += count
        return taken
    }

    private func readHead() throws {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if buffer.count >= 4,
                let at = (0...buffer.count - 4).first(where: { buffer[$0..<$0 + 4].elementsEqual(end) })
            {
                head = String(decoding: buffer[..<at], as: UTF8.self)
                position = at + 4
                return
            }
            guard fill() else { throw Failure(what: "no answer to the handshake") }
        }
    }

    private func fill() -> Bool {
        if isAtEnd { return false }
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        let count = scratch.withUnsafeMutableBytes {
            wire?.receive($0) ?? recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        if count > 0 { buffer.append(contentsOf: scratch[..<count]) }
        isAtEnd = count <= 0
        return !isAtEnd
    }
}
