internal import Glibc

/// Why the server could not start.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system call that failed, `configuration` or `TLS`.
    public var call: String
    /// Its error number; 0 for a mistake in the configuration.
    public var code: Int32
    /// The address concerned, when there is one.
    public var address: String?
    /// What is wrong, where no system call says it.
    public var reason: String?

    init(call: String, code: Int32, address: String? = nil) {
        self.call = call
        self.code = code
        self.address = address
    }

    init(call: String, reason: String, address: String? = nil) {
        self.init(call: call, code: 0, address: address)
        self.reason = reason
    }

    /// `bind 127.0.0.1:80: Permission denied`.
    public var description: String {
        let reason =
            reason ?? (code == 0 ? "not an address" : strerror(code).map { String(cString: $0) } ?? "error \(code)")
        return "\(call)\(address.map { " " + $0 } ?? ""): \(reason)"
    }
}
