extension RSAKey {
    /// The public half of an RSA key, prepared for verifying.
    public struct Public: Sendable {
        /// The modulus, big-endian, without leading zeros.
        public let modulus: [UInt8]

        /// The public exponent, big-endian, without leading zeros.
        public let exponent: [UInt8]

        private let key: PublicKey

        /// Takes both numbers in big-endian bytes without leading zeros (RFC 7518 §6.3.1).
        /// - Throws: ``CryptoError/malformedKey`` for leading zeros or an even modulus, ``CryptoError/refusedKey`` for a
        ///   modulus outside ``RSAKey/sizes`` or an exponent that is even, under 65537 or over 32 bits.
        public init(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
            guard let top = modulus.first, top != 0, let last = modulus.last, last & 1 == 1,
                let exponentTop = exponent.first, exponentTop != 0
            else { throw .malformedKey }
            guard sizes.contains(modulus.count * 8 - top.leadingZeroBitCount), exponent.count <= 4 else {
                throw .refusedKey
            }
            let value = exponent.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard value >= 65537, value & 1 == 1 else { throw .refusedKey }
            var parts = Parameters()
            parts.add("n", number: modulus.span.bytes)
            parts.add("e", number: exponent.span.bytes)
            key = try PublicKey("RSA", parts)
            self.modulus = modulus
            self.exponent = exponent
        }

        /// Takes the members `n` and `e` of a JWK (RFC 7518 §6.3.1).
        /// - Throws: ``CryptoError/malformedKey`` if they are not strict base64url, otherwise as
        ///   ``init(modulus:exponent:)``.
        public init(n: String, e: String) throws(CryptoError) {
            // 8192 bits take 1366 characters.
            guard n.utf8.count <= 1366, e.utf8.count <= 6 else { throw .refusedKey }
            guard let modulus = Base64URL.decode(n), let exponent = Base64URL.decode(e) else { throw .malformedKey }
            try self.init(modulus: modulus, exponent: exponent)
        }

        /// The members of the JWK (RFC 7517), in the order its thumbprint wants.
        public var jwk: [(name: String, value: String)] {
            [("e", Base64URL.encode(exponent)), ("kty", "RSA"), ("n", Base64URL.encode(modulus))]
        }

        /// The JWK thumbprint (RFC 7638), a natural key id.
        public var thumbprint: Digest256 { JWK.thumbprint(of: jwk) }

        /// Whether `signature` is an RS256 signature of `bytes` by this key.
        public func verify(_ signature: RawSpan, of bytes: RawSpan) -> Bool {
            signature.byteCount == modulus.count && key.verify(signature, of: bytes)
        }

        /// Whether `signature` is an RS256 signature of `bytes` by this key.
        public func verify(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
            verify(signature.span.bytes, of: bytes.span.bytes)
        }
    }
}

extension RSAKey.Public: Equatable {
    /// Whether both are the same key.
    public static func == (one: Self, other: Self) -> Bool {
        one.modulus == other.modulus && one.exponent == other.exponent
    }
}
