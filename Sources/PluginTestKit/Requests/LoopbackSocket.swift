import Glibc

/// One request over a connection of its own to a port of this machine. Blocks: for a thread of a pool.
enum LoopbackSocket {
    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ call: String) { description = "\(call): error \(errno)" }
    }

    /// Everything the server sends until it closes.
    static func exchange(_ bytes: [UInt8], port: UInt16) throws(Failure) -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure("socket") }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // A local variable of exactly this size, read by the kernel before the call returns.
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, size) }
        }
        guard connected == 0 else { throw Failure("connect") }
        try send(bytes, to: descriptor)
        return try receive(from: descriptor)
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var sent = 0
        while sent < bytes.count {
            // The buffer is valid for the length of the call, and what is left of it is its count.
            let count = unsafe bytes[sent...].withUnsafeBytes { buffer in
                unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            // A server that has answered already may close before it has read all.
            guard count > 0 else { return }
            sent += count
        }
    }

    private static func receive(from descriptor: Int32) throws(Failure) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            // The buffer is valid for the length of the call, and its count is passed.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count == 0 { return all }
            guard count > 0 else {
                if errno == EINTR { continue }
                if errno == ECONNRESET, !all.isEmpty { return all }
                throw Failure("recv")
            }
            all += buffer[..<count]
        }
    }
}
