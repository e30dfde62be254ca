internal import COpenSSL

/// The library as this process uses it.
enum TLSLibrary {
    /// Starts it, once, without the clean-up that it would otherwise do at the end of the process: other threads may still
    /// sign or encrypt then, and would find their tables gone.
    static let isStarted = OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}
