internal import COpenSSL

/// An ES256 signature: the numbers r and s, 32 bytes each, big-endian (RFC 7518 §3.4).
public struct P256Signature: FixedBytes {
    private var words = InlineArray<8, UInt64>(repeating: 0)

    /// All bytes zero; no valid signature.
    public init() {}

    /// Compares in constant time.
    public static func == (one: Self, other: Self) -> Bool { one.hasSameBytes(as: other) }

    /// Feeds all bytes: a sender may have chosen some of them.
    public func hash(into hasher: inout Hasher) { for index in words.indices { hasher.combine(words[index]) } }

    /// Reads the ASN.1 form that OpenSSL makes.
    init(der: [UInt8]) throws(CryptoError) {
        let signature = der.withUnsafeBufferPointer { der in
            var next = der.baseAddress
            return d2i_ECDSA_SIG(nil, &next, der.count)
        }
        guard let signature else { throw OpenSSL.failure("d2i_ECDSA_SIG") }
        defer { ECDSA_SIG_free(signature) }
        var fits = true
        self.init { bytes in
            fits = BN_bn2binpad(ECDSA_SIG_get0_r(signature), bytes, 32) == 32
            fits = BN_bn2binpad(ECDSA_SIG_get0_s(signature), bytes + 32, 32) == 32 && fits
        }
        if !fits { throw OpenSSL.failure("BN_bn2binpad") }
    }

    /// The ASN.1 form that OpenSSL reads.
    var der: [UInt8]? {
        guard let signature = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(signature) }
        let numbers = withUnsafeBytes(of: self) { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return (BN_bin2bn(start, 32, nil), BN_bin2bn(start.map { $0 + 32 }, 32, nil))
        }
        guard ECDSA_SIG_set0(signature, numbers.0, numbers.1) == 1 else {
            BN_free(numbers.0)
            BN_free(numbers.1)
            return nil
        }
        let count = i2d_ECDSA_SIG(signature, nil)
        guard count > 0 else { return nil }
        var der = [UInt8](repeating: 0, count: Int(count))
        let written = der.withUnsafeMutableBufferPointer { der in
            var next = der.baseAddress
            return i2d_ECDSA_SIG(signature, &next)
        }
        return written == count ? der : nil
    }
}
