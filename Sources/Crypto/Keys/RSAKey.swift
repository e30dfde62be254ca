internal import COpenSSL

/// An RSA key pair that signs with RS256 (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 §3.3).
///
/// Generating takes about 100 ms and signing 0.25 ms: both belong on a worker thread, not on an event loop.
public struct RSAKey: Sendable {
    /// The modulus sizes that are accepted, in bits.
    public static let sizes = 2048...8192

    private let pair: KeyPair

    /// The half that may be published.
    public let publicKey: Public

    private init(_ pair: KeyPair) throws(CryptoError) {
        self.pair = pair
        publicKey = try Public(
            modulus: Self.number("n", of: pair.pointer), exponent: Self.number("e", of: pair.pointer))
    }

    /// Makes a new key with the exponent 65537.
    /// - Parameter bits: The size of the modulus, one of ``sizes`` and a multiple of 8.
    /// - Throws: ``CryptoError/outOfRange(_:)`` for other sizes.
    public static func generate(bits: Int = 2048) throws(CryptoError) -> RSAKey {
        guard sizes.contains(bits), bits % 8 == 0 else { throw .outOfRange("bits") }
        let key = try KeyPair.generate("RSA") { EVP_PKEY_CTX_set_rsa_keygen_bits($0, Int32(bits)) == 1 }
        return try RSAKey(KeyPair(owning: key))
    }

    /// Reads an unencrypted PKCS #8 key in DER, as ``pkcs8()`` writes it, and tries it with one signature.
    /// - Throws: ``CryptoError/malformedKey`` if it cannot be read or its halves do not belong together,
    ///   ``CryptoError/refusedKey`` if it is not RSA or its size or exponent is refused.
    public init(pkcs8 der: SecretBytes) throws(CryptoError) {
        let pointer = try der.withBytes { (der) throws(CryptoError) in try KeyPair.read(pkcs8: der, "RSA") }
        let pair = try KeyPair(owning: pointer)
        try self.init(pair)
        let probe: [UInt8] = Array("probe".utf8)
        let signature: [UInt8]
        do { signature = try pair.sign(probe.span.bytes) } catch { throw .malformedKey }
        guard publicKey.verify(signature, of: probe) else { throw .malformedKey }
    }

    /// The private key as unencrypted PKCS #8 (RFC 5208) in DER, to be sealed before it is stored.
    public func pkcs8() throws(CryptoError) -> SecretBytes { try pair.pkcs8() }

    /// The RS256 signature of `bytes`, as long as the modulus.
    public func sign(_ bytes: RawSpan) throws(CryptoError) -> [UInt8] { try pair.sign(bytes) }

    /// The RS256 signature of `bytes`, as long as the modulus.
    public func sign(_ bytes: [UInt8]) throws(CryptoError) -> [UInt8] { try pair.sign(bytes.span.bytes) }

    /// A number of the public key in big-endian bytes without leading zeros.
    private static func number(_ name: String, of key: OpaquePointer) throws(CryptoError) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else {
            throw OpenSSL.failure("EVP_PKEY_get_bn_param")
        }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return bytes
    }
}
