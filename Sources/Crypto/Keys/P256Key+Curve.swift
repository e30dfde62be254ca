internal import COpenSSL

extension P256Key {
    /// The private number of an OpenSSL key.
    static func scalar(of key: OpaquePointer) throws(CryptoError) -> SecretBytes {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, "priv", &number) == 1, let number else { throw .malformedKey }
        defer { BN_clear_free(number) }
        return try SecretBytes(count: 32) { (start) throws(CryptoError) in
            guard BN_bn2binpad(number, start, 32) == 32 else { throw .malformedKey }
        }
    }

    /// The uncompressed point that belongs to a private number.
    static func point(of scalar: SecretBytes) throws(CryptoError) -> [UInt8] {
        guard let group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) else {
            throw OpenSSL.failure("EC_GROUP_new_by_curve_name")
        }
        defer { EC_GROUP_free(group) }
        guard let number = BN_secure_new(), let point = EC_POINT_new(group) else {
            throw OpenSSL.failure("EC_POINT_new")
        }
        defer {
            BN_clear_free(number)
            EC_POINT_free(point)
        }
        let read = scalar.withBytes { bytes in
            bytes.withUnsafeBytes {
                BN_bin2bn($0.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32($0.count), number) != nil
            }
        }
        guard read, BN_is_zero(number) == 0, BN_cmp(number, EC_GROUP_get0_order(group)) < 0 else {
            throw .malformedKey
        }
        var bytes = [UInt8](repeating: 0, count: 65)
        guard EC_POINT_mul(group, point, number, nil, nil, nil) == 1,
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &bytes, bytes.count, nil) == bytes.count
        else { throw OpenSSL.failure("EC_POINT_mul") }
        return bytes
    }

    /// The point in 65 bytes, whichever form of SEC 1 §2.3.3 `encoded` has; nil if it is none on the curve.
    static func uncompressed(_ encoded: [UInt8]) -> [UInt8]? {
        guard let group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) else { return nil }
        defer { EC_GROUP_free(group) }
        guard let point = EC_POINT_new(group) else { return nil }
        defer {
            EC_POINT_free(point)
            OpenSSL.clearErrors()
        }
        var bytes = [UInt8](repeating: 0, count: 65)
        guard EC_POINT_oct2point(group, point, encoded, encoded.count, nil) == 1,
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &bytes, bytes.count, nil) == bytes.count
        else { return nil }
        return bytes
    }
}
