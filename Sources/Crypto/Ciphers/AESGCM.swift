internal import COpenSSL

/// AES in Galois/Counter Mode (NIST SP 800-38D) with a 128 or 256 bit key, 96-bit nonces and 128-bit tags.
///
/// With random nonces one key may seal about 2^32 messages (SP 800-38D §8.3).
public struct AESGCM: Sendable {
    /// 96 bits that must never be used twice with one key.
    public struct Nonce: FixedBytes {
        private var words = InlineArray<3, UInt32>(repeating: 0)

        /// All bytes zero.
        public init() {}

        /// A random nonce.
        public static func random() -> Nonce { Random.value() }

        /// Compares in constant time.
        public static func == (one: Self, other: Self) -> Bool { one.hasSameBytes(as: other) }

        /// Feeds all bytes.
        public func hash(into hasher: inout Hasher) { for index in words.indices { hasher.combine(words[index]) } }
    }

    /// How many bytes the tag at the end of a ciphertext has.
    public static let tagByteCount = 16

    private let key: SecretBytes
    private let algorithm: CipherAlgorithm

    /// Takes a key of 16 bytes (AES-128) or 32 bytes (AES-256).
    /// - Throws: ``CryptoError/wrongLength(of:)`` for other lengths.
    public init(key: SecretBytes) throws(CryptoError) {
        switch key.count {
        case 16: algorithm = .aes128gcm
        case 32: algorithm = .aes256gcm
        default: throw .wrongLength(of: "key")
        }
        self.key = key
    }

    /// Encrypts under a random nonce.
    /// - Parameters:
    ///   - plaintext: What to hide; may be empty, at most 2^31 - 1 bytes.
    ///   - context: Associated data: not hidden, not stored, needed again for opening.
    /// - Returns: nonce ‖ ciphertext ‖ tag, 28 bytes longer than the plaintext.
    public func seal(_ plaintext: RawSpan, authenticating context: RawSpan = RawSpan()) throws(CryptoError) -> [UInt8] {
        let nonce = Nonce.random()
        return try nonce.withBytes { (nonceBytes) throws(CryptoError) in
            try encrypt(plaintext, nonceBytes, context, withNonceInFront: true)
        }
    }

    /// Encrypts under a nonce of the caller, who makes sure it is never used again with this key.
    /// - Returns: ciphertext ‖ tag, 16 bytes longer than the plaintext.
    public func seal(
        _ plaintext: RawSpan, nonce: Nonce, authenticating context: RawSpan = RawSpan()
    ) throws(CryptoError) -> [UInt8] {
        try nonce.withBytes { (nonceBytes) throws(CryptoError) in
            try encrypt(plaintext, nonceBytes, context, withNonceInFront: false)
        }
    }

    /// Decrypts nonce ‖ ciphertext ‖ tag.
    /// - Throws: ``CryptoError/authenticationFailed`` unless key, context and every byte are those of sealing.
    public func open(_ sealed: RawSpan, authenticating context: RawSpan = RawSpan()) throws(CryptoError) -> [UInt8] {
        guard sealed.byteCount >= Nonce.byteCount + Self.tagByteCount else { throw .authenticationFailed }
        return try plaintext(
            of: sealed.extracting(droppingFirst: Nonce.byteCount), nonce: sealed.extracting(first: Nonce.byteCount),
            context)
    }

    /// Decrypts ciphertext ‖ tag.
    /// - Throws: ``CryptoError/authenticationFailed`` unless key, nonce, context and every byte are those of sealing.
    public func open(
        _ sealed: RawSpan, nonce: Nonce, authenticating context: RawSpan = RawSpan()
    ) throws(CryptoError) -> [UInt8] {
        guard sealed.byteCount >= Self.tagByteCount else { throw .authenticationFailed }
        return try nonce.withBytes { (nonceBytes) throws(CryptoError) in
            try plaintext(of: sealed, nonce: nonceBytes, context)
        }
    }

    /// Decrypts nonce ‖ ciphertext ‖ tag into bytes that are wiped after use: a wrapped key.
    /// - Throws: ``CryptoError/authenticationFailed`` unless key, context and every byte are those of sealing.
    public func openSecret(
        _ sealed: RawSpan, authenticating context: RawSpan = RawSpan()
    ) throws(CryptoError) -> SecretBytes {
        let count = sealed.byteCount - Nonce.byteCount - Self.tagByteCount
        guard count >= 0 else { throw .authenticationFailed }
        let body = sealed.extracting(droppingFirst: Nonce.byteCount)
        let nonce = sealed.extracting(first: Nonce.byteCount)
        let operation = CipherOperation(key: key, algorithm: algorithm)
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 1)
        defer {
            OPENSSL_cleanse(memory, count + 1)
            memory.deallocate()
        }
        try operation.open(body, nonce: nonce, context, to: memory)
        return SecretBytes(UnsafeRawBufferPointer(start: memory, count: count).bytes)
    }

    private func encrypt(
        _ plaintext: RawSpan, _ nonce: RawSpan, _ context: RawSpan, withNonceInFront: Bool
    ) throws(CryptoError) -> [UInt8] {
        let front = withNonceInFront ? Nonce.byteCount : 0
        var sealed = [UInt8](repeating: 0, count: front + plaintext.byteCount + Self.tagByteCount)
        let operation = CipherOperation(key: key, algorithm: algorithm)
        try sealed.withUnsafeMutableBufferPointer { (buffer) throws(CryptoError) in
            guard let start = buffer.baseAddress else { return }
            if withNonceInFront {
                nonce.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            }
            try operation.seal(plaintext, nonce: nonce, context, to: start + front)
        }
        return sealed
    }

    private func plaintext(of sealed: RawSpan, nonce: RawSpan, _ context: RawSpan) throws(CryptoError) -> [UInt8] {
        var plain = [UInt8](repeating: 0, count: sealed.byteCount - Self.tagByteCount + 1)
        let operation = CipherOperation(key: key, algorithm: algorithm)
        try plain.withUnsafeMutableBufferPointer { (buffer) throws(CryptoError) in
            guard let start = buffer.baseAddress else { return }
            try operation.open(sealed, nonce: nonce, context, to: start)
        }
        plain.removeLast()
        return plain
    }
}
