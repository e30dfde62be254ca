import Glibc

@testable import HTTPServer

/// A blocking client that sends exactly the bytes it is given, over TLS when it is told so. For one thread.
final class RawClient {
    struct Failure: Error {
        var call: String
        var code = errno
    }

    struct Answer: Equatable {
        var status: Int
        var head: String
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? {
            for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix(name + ":") {
                return line.dropFirst(name.count + 1).drop { $0 == " " }.description
            }
            return nil
        }
    }

    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var scratch = [UInt8](repeating: 0, count: 32 * 1024)
    private(set) var isAtEnd = false
    /// The end came without TLS saying so.
    private(set) var isCutOff = false
    /// Non-nil when it speaks TLS.
    private(set) var session: TLSSession?

    init(_ port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket") }
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            let failure = Failure(call: "connect")
            close()
            throw failure
        }
    }

    /// The other end of a connection that was accepted.
    init(accepted descriptor: Int32) { self.descriptor = descriptor }

    /// Connects and shakes hands.
    convenience init(_ port: UInt16, _ trust: TLSTrust, host: String, receiveBuffer: Int32? = nil) throws {
        try self.init(port, receiveBuffer: receiveBuffer)
        let session = TLSSession(descriptor, .client(trust, host: host, isHTTP: true))
        self.session = session
        guard session.handshake() == nil else { throw Failure(call: session.reason ?? "handshake", code: 0) }
    }

    deinit { close() }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        if let session {
            guard case .bytes(bytes.count) = bytes.withUnsafeBytes({ session.write($0) }) else {
                throw Failure(call: session.reason ?? "write", code: 0)
            }
            return
        }
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send") }
            sent += count
        }
    }

    /// Sends as much as the kernel takes without waiting, and returns how much that was.
    func sendWithoutWaiting(_ bytes: [UInt8]) -> Int {
        max(
            0,
            bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            })
    }

    /// Whether the server has said something that has not been read.
    var hasInput: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) >= 0
    }

    func finishSending() {
        if let session { _ = session.finishWriting() } else { shutdown(descriptor, Int32(SHUT_WR)) }
    }

    func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Closes so that the server sees a reset.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    /// Everything until the server closes.
    func readToEnd() -> [UInt8] {
        while fill() {}
        defer { buffer = [] }
        return buffer
    }

    func readTextToEnd() -> String { String(decoding: readToEnd(), as: UTF8.self) }

    /// Exactly `count` bytes, or fewer at the end.
    func read(_ count: Int) -> [UInt8] {
        while buffer.count < count, fill() {}
        let taken = Array(buffer.prefix(count))
        buffer.removeFirst(taken.count)
        return taken
    }

    /// Up to and with `text`.
    func read(through text: String) throws -> String {
        let wanted = Array(text.utf8)
        var from = 0
        while true {
            if buffer.count >= wanted.count {
                for start in from...(buffer.count - wanted.count)
                where buffer[start..<start + wanted.count].elementsEqual(wanted) {
                    return String(decoding: read(start + wanted.count), as: UTF8.self)
                }
                from = buffer.count - wanted.count + 1
            }
            guard fill() else {
                throw Failure(call: "unexpected end after \(String(decoding: buffer, as: UTF8.self))", code: 0)
            }
        }
    }

    /// One whole answer, with the chunks of a chunked body joined.
    func readAnswer(toHead: Bool = false) throws -> Answer {
        let head = try read(through: "\r\n\r\n")
        let status = Int(head.split(separator: " ")[1]) ?? 0
        var answer = Answer(status: status, head: head, body: [])
        if toHead || status == 204 || status == 304 || status < 200 { return answer }
        if let length = answer.header("content-length").flatMap({ Int($0) }) {
            answer.body = read(length)
        } else if answer.header("transfer-encoding") == "chunked" {
            while let size = Int(try read(through: "\r\n").dropLast(1), radix: 16), size > 0 {
                answer.body += read(size)
                _ = read(2)
            }
            _ = read(2)
        } else {
            answer.body = readToEnd()
        }
        return answer
    }

    private func fill() -> Bool {
        let count = scratch.withUnsafeMutableBytes { receive(into: $0) }
        if count > 0 { buffer.append(contentsOf: scratch[..<count]) }
        return !isAtEnd
    }

    /// Waits for bytes and says how many came; none at the end. What it was asked to read ahead is not among them.
    func receive(into bytes: UnsafeMutableRawBufferPointer) -> Int {
        if isAtEnd { return 0 }
        let transport = session.map { Transport.tls($0) } ?? .plain(descriptor)
        var count = 0
        switch transport.read(into: bytes) {
        case .bytes(let received): count = received
        case .failed: isCutOff = true
        case .ended, .blocked: break
        }
        isAtEnd = count <= 0
        return count
    }
}
