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
