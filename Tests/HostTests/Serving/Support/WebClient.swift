import Glibc
import PluginAPI
import Workers

/// What came back.
struct WebAnswer: Sendable {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The only value of a field; nil when there is none or several.
    func field(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }

    func fields(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    var json: JSON { (try? JSONDocument(body))?.root.tree ?? .null }
}

/// Sends requests over loopback, one connection for each, on threads that may block.
struct WebClient: Sendable {
    let port: UInt16
    /// The last byte of the loopback address that requests come from: 127.0.0.1, unless a test wants another client.
    var lastByte: UInt8 = 1
    private static let pool = WorkerPool(name: "web", threads: 16, queueLimit: 4096, perKeyLimit: 4096)

    struct Failure: Error { var call: String }

    func send(_ method: String, _ path: String, host: String, _ fields: [String], _ body: [UInt8]?) async throws
        -> WebAnswer
    {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: \(host)\r\nconnection: close\r\n"
        for field in fields { head += field + "\r\n" }
        if let body { head += "content-length: \(body.count)\r\n" }
        let bytes = Array((head + "\r\n").utf8) + (body ?? [])
        let (port, lastByte) = (port, lastByte)
        let answer = try await Self.pool.run { try Self.exchange(bytes, port, from: lastByte) }
        return try Self.parse(answer)
    }

    private static func exchange(_ bytes: [UInt8], _ port: UInt16, from lastByte: UInt8) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket") }
        defer { _ = close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7f00_0000) | UInt32(lastByte)).bigEndian
        // Safe: bind(2) reads one sockaddr_in, which lives for the call, and is told its size.
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard bound == 0 else { throw Failure(call: "bind") }
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        // Safe: connect(2) reads one sockaddr_in, which lives for the call, and is told its size.
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw Failure(call: "connect") }
        var sent = 0
        while sent < bytes.count {
            // Safe: send(2) reads as many bytes as the slice has.
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // A server that has heard enough answers and closes; the answer counts.
            guard count > 0 else { break }
            sent += count
        }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            // Safe: recv(2) writes at most as many bytes as the buffer has.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return all }
            all += buffer[0..<count]
        }
    }

    private static func parse(_ bytes: [UInt8]) throws -> WebAnswer {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Failure(call: "parse") }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Failure(call: "status")
        }
        let fields = lines.dropFirst().map { line -> (name: String, value: String) in
            let name = line.prefix { $0 != ":" }
            return (name.lowercased(), line.dropFirst(name.count + 1).drop { $0 == " " }.description)
        }
        let body = Array(bytes[end.upperBound...])
        let isChunked = fields.contains { $0.name == "transfer-encoding" && $0.value == "chunked" }
        return WebAnswer(status: status, fields: fields, body: isChunked ? try unchunked(body) : body)
    }

    private static func unchunked(_ bytes: [UInt8]) throws -> [UInt8] {
        var out: [UInt8] = []
        var rest = bytes[...]
        while let line = rest.firstRange(of: [13, 10]) {
            guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else { break }
            if size == 0 { return out }
            let start = line.upperBound
            guard start + size + 2 <= rest.endIndex else { break }
            out += rest[start..<start + size]
            rest = rest[(start + size + 2)...]
        }
        throw Failure(call: "chunks")
    }
}
