// OpenSSL and the system's bcrypt in Swift clothes. One shape throughout: bytes go in as `RawSpan` or `[UInt8]`, results of
// a fixed size come out as values (`Digest256`, `UUID`), keys are `Sendable` objects prepared once and used from any thread.
//
//   Random/     Random (buffered per thread), UUID (RFC 9562)
//   Bytes/      SecretBytes, SecretKey, FixedBytes; Base64URL, Base64, Base32, Hex
//   Hashing/    SHA256, SHA384, SHA512; HMAC256Key, HMAC384Key, HMAC512Key; HKDF256
//   Ciphers/    AESGCM
//   Keys/       RSAKey, P256Key and their Public halves: PKCS #8, JWK, points, ECDH
//   JWS/        signing and taking apart compact tokens (RFC 7515)
//   Passwords/  Bcrypt, PasswordHasher, TOTP
//   OpenSSL/    what the others share: algorithms, contexts, errors
//
// What can fail throws `CryptoError`, which never holds a secret. Decoders of text return nil for malformed input.
// Only lack of memory or of a basic algorithm (a broken installation) ends the process.
internal import COpenSSL

/// Compares secrets in a time that depends on their length only.
/// - Returns: Whether both are equally long and hold the same bytes.
public func constantTimeEquals(_ one: RawSpan, _ other: RawSpan) -> Bool {
    guard one.byteCount == other.byteCount else { return false }
    guard one.byteCount > 0 else { return true }
    return one.withUnsafeBytes { one in
        other.withUnsafeBytes { other in CRYPTO_memcmp(one.baseAddress, other.baseAddress, one.count) == 0 }
    }
}

/// Compares secrets in a time that depends on their length only.
/// - Returns: Whether both are equally long and hold the same bytes.
public func constantTimeEquals(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    constantTimeEquals(one.span.bytes, other.span.bytes)
}
