internal import COpenSSL

/// Bytes that must not leak: a key, a seed. They are wiped when the last reference goes, they are not printed, and
/// comparing them takes the same time wherever they differ.
public final class SecretBytes: Sendable {
    // Written only while this object is made, before anyone else can see it; freed with the last reference.
    nonisolated(unsafe) private let memory: UnsafeMutableRawPointer

    /// How many bytes there are.
    public let count: Int

    /// Makes room for `count` bytes, zero at first, and has `fill` write them.
    init(count: Int, filledBy fill: (UnsafeMutablePointer<UInt8>) throws(CryptoError) -> Void) throws(CryptoError) {
        guard count >= 0, let memory = copenssl_allocate(count + 1) else {
            throw OpenSSL.failure("OPENSSL_zalloc")
        }
        self.memory = memory
        self.count = count
        try fill(memory.assumingMemoryBound(to: UInt8.self))
    }

    /// Copies `bytes`. The caller wipes the original, if it matters.
    public init(_ bytes: RawSpan) {
        guard let memory = copenssl_allocate(bytes.byteCount + 1) else {
            preconditionFailure("libcrypto is not usable: OPENSSL_zalloc")
        }
        self.memory = memory
        count = bytes.byteCount
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { memory.copyMemory(from: start, byteCount: source.count) }
        }
    }

    /// Copies `bytes`. The caller wipes the original, if it matters.
    public convenience init(_ bytes: [UInt8]) { self.init(bytes.span.bytes) }

    deinit {
        copenssl_cleanse_and_free(memory, count + 1)
    }

    /// New random bytes, fit for a key.
    /// - Throws: ``CryptoError/library(operation:code:)`` if the system gives no randomness.
    public static func random(count: Int) throws(CryptoError) -> SecretBytes {
        try SecretBytes(count: count) { (start) throws(CryptoError) in
            guard RAND_priv_bytes_ex(nil, start, count, 0) == 1 else { throw OpenSSL.failure("RAND_priv_bytes_ex") }
        }
    }

    /// Lends the bytes; do not copy them to where they are not wiped.
    public func withBytes<Result, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Result) throws(Failure) -> Result
    {
        try body(UnsafeRawBufferPointer(start: memory, count: count).bytes)
    }
}

extension SecretBytes: Equatable {
    /// Compares in constant time.
    public static func == (one: SecretBytes, other: SecretBytes) -> Bool {
        one.withBytes { one in other.withBytes { constantTimeEquals(one, $0) } }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<secret>`.
    public var description: String { "<secret>" }

    /// Always `<secret>`.
    public var debugDescription: String { "<secret>" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
