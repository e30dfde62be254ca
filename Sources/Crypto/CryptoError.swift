/// Why something in this module could not be done. Never holds a key, a password or a plaintext.
public enum CryptoError: Error, Sendable, Equatable {
    /// Bytes that must have a certain length have another; names what they are.
    case wrongLength(of: String)
    /// A key that cannot be read: broken DER, a point that is not on the curve, a JWK value that is not strict base64url.
    case malformedKey
    /// A key that can be read but is refused: another kind, too small, too large, or with an unusual exponent.
    case refusedKey
    /// The ciphertext, its nonce, tag or associated data were changed, or the key is another one.
    case authenticationFailed
    /// A number outside the range its parameter allows; names the parameter.
    case outOfRange(String)
    /// The password is longer than the 72 bytes that bcrypt reads.
    case passwordTooLong
    /// The password contains a NUL byte, at which bcrypt would stop reading.
    case passwordContainsNUL
    /// A stored password hash that is not bcrypt, or costs more than ``Bcrypt/costs`` allow.
    case malformedPasswordHash
    /// OpenSSL or libcrypt refused; `operation` names the call and `code` is OpenSSL's packed error code (0 if none).
    case library(operation: String, code: UInt)
}
