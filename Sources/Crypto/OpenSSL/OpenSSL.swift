internal import COpenSSL

/// What every use of the library needs.
enum OpenSSL {
    /// Must come before the first other use. The library must not clean up at exit: threads still running would then use
    /// freed memory.
    static let started: Bool = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    /// The error of the call that just failed. Empties the thread's error queue, since TLS reads leftovers as its own.
    static func failure(_ operation: StaticString) -> CryptoError {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return .library(operation: operation.description, code: UInt(code))
    }

    /// Empties the thread's error queue after a failure that has an error of our own.
    static func clearErrors() { ERR_clear_error() }

    /// Whether the calling thread's error queue is empty, as it must be between calls.
    static var errorsAreClear: Bool { ERR_peek_error() == 0 }

    /// For what cannot fail unless memory runs out or the installation lacks a basic algorithm: going on without it (a
    /// missing digest, predictable random bytes) would be unsafe, so the process ends.
    static func require(_ success: Bool, _ operation: StaticString) {
        precondition(success, "libcrypto is not usable: \(operation)")
    }

    /// As ``require(_:_:)``, for calls that return a pointer.
    static func require(_ pointer: OpaquePointer?, _ operation: StaticString) -> OpaquePointer {
        guard let pointer else { preconditionFailure("libcrypto is not usable: \(operation)") }
        return pointer
    }
}
