internal import COpenSSL

/// Why TLS cannot be offered or used: a certificate or key that is no good, or a library that refuses.
public struct TLSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, for the operator. Never holds a key.
    public let description: String
    /// Whether it is the key that is at fault, rather than the certificate.
    public let concernsKey: Bool

    init(_ description: String, concernsKey: Bool = false) {
        self.description = description
        self.concernsKey = concernsKey
    }

    /// With the reason that OpenSSL gives on this thread, which is then forgotten.
    init(_ what: String, _: OpenSSLReason) {
        concernsKey = false
        description = OpenSSLReason.take().map { "\(what): \($0)" } ?? what
    }
}

/// The errors that OpenSSL keeps for each thread.
enum OpenSSLReason {
    case latest

    /// The latest reason in words, if there is any; all are forgotten.
    static func take() -> String? {
        defer { ERR_clear_error() }
        let code = ERR_peek_last_error()
        guard code != 0, let text = ERR_reason_error_string(code) else { return nil }
        return String(cString: text)
    }
}
