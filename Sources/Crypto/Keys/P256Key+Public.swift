extension P256Key {
    /// The public half of a P-256 key, prepared for verifying: a point known to lie on the curve.
    public struct Public: Sendable {
        /// The uncompressed point, 65 bytes: 4 ‖ x ‖ y (SEC 1 §2.3.3).
        public let point: [UInt8]

        let key: PublicKey

        /// Takes an uncompressed point, 65 bytes: 4 ‖ x ‖ y.
        /// - Throws: ``CryptoError/wrongLength(of:)``, or ``CryptoError/malformedKey`` if it does not lie on the curve.
        public init(point: [UInt8]) throws(CryptoError) {
            guard point.count == 65 else { throw .wrongLength(of: "point") }
            guard point.first == 4 else { throw .malformedKey }
            var parts = Parameters()
            parts.add("group", text: "prime256v1")
            parts.add("pub", bytes: point.span.bytes)
            key = try PublicKey("EC", parts)
            self.point = point
        }

        /// Takes the members `x` and `y` of a JWK whose `crv` is `P-256` (RFC 7518 §6.2.1).
        /// - Throws: ``CryptoError/malformedKey`` if they are not strict base64url or no point on the curve,
        ///   ``CryptoError/wrongLength(of:)`` unless both have 32 bytes.
        public init(x: String, y: String) throws(CryptoError) {
            guard x.utf8.count == 43, y.utf8.count == 43 else { throw .wrongLength(of: "coordinate") }
            guard let x = Base64URL.decode(x), let y = Base64URL.decode(y) else { throw .malformedKey }
            try self.init(point: [4] + x + y)
        }

        /// The members of the JWK (RFC 7517), in the order its thumbprint wants.
        public var jwk: [(name: String, value: String)] {
            [
                ("crv", "P-256"), ("kty", "EC"),
                ("x", Base64URL.encode(Array(point[1..<33]))), ("y", Base64URL.encode(Array(point[33..<65]))),
            ]
        }

        /// The JWK thumbprint (RFC 7638), a natural key id.
        public var thumbprint: Digest256 { JWK.thumbprint(of: jwk) }

        /// Whether `signature` is an ES256 signature of `bytes` by this key.
        public func verify(_ signature: P256Signature, of bytes: RawSpan) -> Bool {
            guard let der = signature.der else { return false }
            return key.verify(der.span.bytes, of: bytes)
        }

        /// Whether `signature` is an ES256 signature of `bytes` by this key.
        public func verify(_ signature: P256Signature, of bytes: [UInt8]) -> Bool {
            verify(signature, of: bytes.span.bytes)
        }
    }
}

extension P256Key.Public: Equatable {
    /// Whether both are the same key.
    public static func == (one: Self, other: Self) -> Bool { one.point == other.point }
}
