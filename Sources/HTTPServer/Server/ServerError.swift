internal import Glibc

/// Why the server could not start.
public struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system call that failed, or `configuration`.
    public var call: String
    /// Its error number; 0 for a mistake in the configuration.
    public var code: Int32
    /// The address concerned, when there is one.
    public var address: String?

    init(call: String, code: Int32, address: String? = nil) {
        self.call = call
        self.code = code
        self.address = address
    }

    /// `bind 127.0.0.1:80: Permission denied`.
    public var description: String {
        let reason = code == 0 ? "not an address" : strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return "\(call)\(address.map { " " + $0 } ?? ""): \(reason)"
    }
}
