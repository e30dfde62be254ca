/// A key that signs tokens by one algorithm: ``RSAKey`` (RS256), ``P256Key`` (ES256), the HMAC keys (HS256 to HS512).
public protocol JWSSigner: Sendable {
    /// The `alg` of the header (RFC 7518 §3.1).
    var algorithm: String { get }

    /// The signature in the form of RFC 7518 §3.
    func signature(of input: RawSpan) throws(CryptoError) -> [UInt8]
}
