import Glibc

/// A TCP connection to the local host, and HTTP/1.1 answers read from it.
struct ByteStream: ~Copyable {
    private let socket: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw Failure("no socket: \(errno)") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            let reason = errno
            close(socket)
            throw Failure("no connection to port \(port): \(String(cString: strerror(reason)))")
        }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        // A server that never answers fails a test instead of stopping all of them; nothing is measured by it.
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        self.socket = socket
    }

    deinit { close(socket) }

    /// Writes all of it. Bytes that the server refuses to take are no failure: it may have answered already.
    mutating func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                return Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EPIPE || errno == ECONNRESET { return }
            guard count > 0 else { throw Failure("sending failed: \(errno)") }
            sent += count
        }
    }

    /// Whether nothing more comes.
    mutating func isAtEnd() throws -> Bool {
        if !buffer.isEmpty { return false }
        return try !fill()
    }

    /// Reads one answer. Interim ones (1xx) are passed over.
    mutating func answer(to method: String) throws -> HTTPAnswer {
        while true {
            let lines = try head()
            let words = lines[0].split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
                throw Failure("no status line: \(lines[0])")
            }
            if (100..<200).contains(status) { continue }
            let fields = try lines.dropFirst().map { line in
                guard let colon = line.firstIndex(of: ":") else { throw Failure("no field: \(line)") }
                return (name: String(line[..<colon]), value: line[line.index(after: colon)...].withoutSpaces)
            }
            let body = try body(of: fields, isEmpty: method == "HEAD" || status == 204 || status == 304)
            return HTTPAnswer(status: status, fields: fields, body: body)
        }
    }

    /// Reads the head of an answer that goes on and on.
    mutating func streamHead() throws -> Int {
        let line = try head()[0]
        guard let status = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure("no status line: \(line)")
        }
        return status
    }

    /// The next piece of a chunked answer.
    mutating func chunk() throws -> [UInt8] {
        let line = try self.line()
        guard let count = Int(line.prefix { $0 != ";" }, radix: 16), count > 0 else {
            throw Failure("the stream ended: \(line)")
        }
        let bytes = try take(count)
        guard try take(2) == [13, 10] else { throw Failure("a chunk is longer than it says") }
        return bytes
    }

    private mutating func head() throws -> [String] {
        var lines: [String] = []
        while true {
            let line = try self.line()
            if line.isEmpty, !lines.isEmpty { return lines }
            lines.append(line)
        }
    }

    private mutating func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                guard end > 0, buffer[end - 1] == 13 else { throw Failure("a line of the head ends without CR") }
                let line = String(decoding: buffer[..<(end - 1)], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line
            }
            guard try fill() else { throw Failure("the connection ended within a head") }
        }
    }

    private mutating func body(of fields: [(name: String, value: String)], isEmpty: Bool) throws -> [UInt8] {
        if isEmpty { return [] }
        func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
        if field("transfer-encoding")?.lowercased() == "chunked" {
            var body: [UInt8] = []
            while true {
                let line = try self.line()
                guard let count = Int(line.prefix { $0 != ";" }, radix: 16) else { throw Failure("no chunk: \(line)") }
                if count == 0 { break }
                body += try take(count)
                guard try self.line().isEmpty else { throw Failure("a chunk is longer than it says") }
            }
            while try !line().isEmpty {}
            return body
        }
        if let length = field("content-length") {
            guard let count = Int(length) else { throw Failure("no length: \(length)") }
            return try take(count)
        }
        while try fill() {}
        defer { buffer = [] }
        return buffer
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { throw Failure("the connection ended within a body") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    /// Waits for more bytes; false when there are none to come.
    private mutating func fill() throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == ECONNRESET { return false }
            guard count >= 0 else { throw Failure("receiving failed: \(String(cString: strerror(errno)))") }
            buffer += bytes[..<count]
            return count > 0
        }
    }
}

extension Substring {
    fileprivate var withoutSpaces: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
