internal import CCrypt
internal import COpenSSL

/// Password hashes by bcrypt in the form `$2b$12$…`, 60 characters, computed by the system's libcrypt.
///
/// At cost 12 one hash takes about 200 ms, twice as long for each further step: never on an event loop. See
/// ``PasswordHasher`` for the asynchronous form.
public enum Bcrypt {
    /// The costs that are accepted, also in stored hashes, since a larger one would block a thread for minutes.
    public static let costs = 4...16

    /// The cost unless said otherwise.
    public static let usualCost = 12

    /// The most bytes bcrypt reads of a password.
    public static let longestPassword = 72

    /// Hashes `password` with a new random salt.
    /// - Throws: ``CryptoError/passwordTooLong``, ``CryptoError/passwordContainsNUL``, ``CryptoError/outOfRange(_:)``
    ///   for a cost outside ``costs``.
    public static func hash(_ password: RawSpan, cost: Int = usualCost) throws(CryptoError) -> String {
        try check(password)
        return try compute(password, setting: newSetting(cost: cost))
    }

    /// Hashes `password` with a new random salt; see ``hash(_:cost:)-(RawSpan,_)``.
    public static func hash(_ password: [UInt8], cost: Int = usualCost) throws(CryptoError) -> String {
        try hash(password.span.bytes, cost: cost)
    }

    /// Whether `hash` was made from `password`.
    /// - Parameter hash: In the form `$2b$`, or `$2a$` or `$2y$` as other programs write it.
    /// - Throws: ``CryptoError/passwordTooLong``, ``CryptoError/passwordContainsNUL``,
    ///   ``CryptoError/malformedPasswordHash``.
    public static func verify(_ password: RawSpan, against hash: String) throws(CryptoError) -> Bool {
        try check(password)
        guard cost(of: hash) != nil else { throw .malformedPasswordHash }
        let computed = try compute(password, setting: hash)
        return constantTimeEquals(computed.utf8.span.bytes, hash.utf8.span.bytes)
    }

    /// Whether `hash` was made from `password`; see ``verify(_:against:)-(RawSpan,_)``.
    public static func verify(_ password: [UInt8], against hash: String) throws(CryptoError) -> Bool {
        try verify(password.span.bytes, against: hash)
    }

    /// The cost in a stored hash; nil if it is not a whole bcrypt hash or the cost is outside ``costs``.
    public static func cost(of hash: String) -> Int? {
        let text = Array(hash.utf8)
        let dollar = UInt8(ascii: "$")
        guard text.count == 60, text[0] == dollar, text[1] == UInt8(ascii: "2"), "aby".utf8.contains(text[2]),
            text[3] == dollar, text[6] == dollar, text[7...].allSatisfy(isLetter)
        else { return nil }
        let digits = text[4...5].map { $0 &- UInt8(ascii: "0") }
        guard digits.allSatisfy({ $0 < 10 }) else { return nil }
        let cost = Int(digits[0]) * 10 + Int(digits[1])
        return costs.contains(cost) ? cost : nil
    }

    /// Throws if bcrypt would not read all of `password`.
    static func check(_ password: RawSpan) throws(CryptoError) {
        guard password.byteCount <= longestPassword else { throw .passwordTooLong }
        guard !password.withUnsafeBytes({ $0.contains(0) }) else { throw .passwordContainsNUL }
    }

    /// `$2b$`, the cost and a random salt: what a new hash starts with.
    static func newSetting(cost: Int) throws(CryptoError) -> String {
        guard costs.contains(cost) else { throw .outOfRange("cost") }
        let salt = Random.bytes(16).map { CChar(bitPattern: $0) }
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let made = crypt_gensalt_rn("$2b$", UInt(cost), salt, Int32(salt.count), &setting, Int32(setting.count))
        guard let made else { throw .library(operation: "crypt_gensalt_rn", code: 0) }
        return String(cString: made)
    }

    /// Runs bcrypt in memory of this call's own, which is wiped: 32 KiB cost nothing beside the work itself.
    private static func compute(_ password: RawSpan, setting: String) throws(CryptoError) -> String {
        let size = MemoryLayout<crypt_data>.size
        let length = password.byteCount
        let memory = UnsafeMutableRawPointer.allocate(byteCount: size + length + 1, alignment: 16)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: size + length + 1)
        defer {
            OPENSSL_cleanse(memory, size + length + 1)
            memory.deallocate()
        }
        let phrase = memory + size
        password.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { phrase.copyMemory(from: start, byteCount: length) }
        }
        let hash = crypt_rn(phrase.assumingMemoryBound(to: CChar.self), setting, memory, Int32(size))
        guard let hash else { throw .library(operation: "crypt_rn", code: 0) }
        return String(cString: hash)
    }

    /// Whether `byte` is of bcrypt's own base64 alphabet.
    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: ".")...UInt8(ascii: "9"): true  // dot, slash and the digits
        default: false
        }
    }
}
