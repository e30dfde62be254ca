/// A key that signs tokens by one algorithm: ``RSAKey`` (RS256), ``P256Key`` (ES256), the HMAC keys (HS256 to HS512).
public protocol JWSSigner: Sendable {
    /// The `alg` of the header (RFC 7518 §3.1).
    var algorithm: String { get }

    /// The signature in the form of RFC 7518 §3.
    func signature(of input: RawSpan) throws(CryptoError) -> [UInt8]
}

/// A key that verifies tokens by one algorithm.
public protocol JWSVerifier: Sendable {
    /// The only `alg` of the header that this key accepts (RFC 7518 §3.1).
    var algorithm: String { get }

    /// Whether `signature`, in the form of RFC 7518 §3, belongs to `input`.
    func verify(signature: RawSpan, of input: RawSpan) -> Bool
}

extension RSAKey: JWSSigner {
    /// `RS256`.
    public var algorithm: String { "RS256" }

    /// The RS256 signature.
    public func signature(of input: RawSpan) throws(CryptoError) -> [UInt8] { try sign(input) }
}

extension RSAKey.Public: JWSVerifier {
    /// `RS256`.
    public var algorithm: String { "RS256" }

    /// Whether `signature` is an RS256 signature of `input`.
    public func verify(signature: RawSpan, of input: RawSpan) -> Bool { verify(signature, of: input) }
}

extension P256Key: JWSSigner {
    /// `ES256`.
    public var algorithm: String { "ES256" }

    /// The ES256 signature, 64 bytes.
    public func signature(of input: RawSpan) throws(CryptoError) -> [UInt8] { try sign(input).bytes }
}

extension P256Key.Public: JWSVerifier {
    /// `ES256`.
    public var algorithm: String { "ES256" }

    /// Whether `signature` is an ES256 signature of `input`.
    public func verify(signature: RawSpan, of input: RawSpan) -> Bool {
        guard let signature = P256Signature(signature) else { return false }
        return verify(signature, of: input)
    }
}

extension HMAC256Key: JWSSigner, JWSVerifier {
    /// `HS256`.
    public var algorithm: String { "HS256" }

    /// The HMAC-SHA-256 tag.
    public func signature(of input: RawSpan) -> [UInt8] { tag(for: input).bytes }

    /// Whether `signature` is the HMAC-SHA-256 tag of `input`.
    public func verify(signature: RawSpan, of input: RawSpan) -> Bool { verify(signature, for: input) }
}

extension HMAC384Key: JWSSigner, JWSVerifier {
    /// `HS384`.
    public var algorithm: String { "HS384" }

    /// The HMAC-SHA-384 tag.
    public func signature(of input: RawSpan) -> [UInt8] { tag(for: input).bytes }

    /// Whether `signature` is the HMAC-SHA-384 tag of `input`.
    public func verify(signature: RawSpan, of input: RawSpan) -> Bool { verify(signature, for: input) }
}

extension HMAC512Key: JWSSigner, JWSVerifier {
    /// `HS512`.
    public var algorithm: String { "HS512" }

    /// The HMAC-SHA-512 tag.
    public func signature(of input: RawSpan) -> [UInt8] { tag(for: input).bytes }

    /// Whether `signature` is the HMAC-SHA-512 tag of `input`.
    public func verify(signature: RawSpan, of input: RawSpan) -> Bool { verify(signature, for: input) }
}
