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
