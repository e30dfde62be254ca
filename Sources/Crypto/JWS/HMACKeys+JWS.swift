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
