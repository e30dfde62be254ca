internal import COpenSSL

/// OpenSSL's call for the keys of a ticket that is to be sealed or opened.
enum SessionTicket {
    /// Answers as `SSL_CTX_set_tlsext_ticket_key_evp_cb` asks: 1 done, 2 done and to be renewed, 0 no such key, -1 failed.
    static func prepare(
        _ keys: TicketKeys, _ now: Int64, _ name: UnsafeMutablePointer<UInt8>, _ vector: UnsafeMutablePointer<UInt8>,
        _ cipher: OpaquePointer, _ mac: OpaquePointer, seals: Bool
    ) -> Int32 {
        if seals {
            guard let key = keys.sealing(at: now), RAND_bytes(vector, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) == 1
            else { return 0 }
            UnsafeMutableRawPointer(name).copyMemory(
                from: key.name.baseAddress.unsafelyUnwrapped, byteCount: TicketKeys.Key.nameCount)
            return start(key, vector, cipher, mac, seals: true) ? 1 : -1
        }
        let wanted = UnsafeRawBufferPointer(start: name, count: TicketKeys.Key.nameCount)
        guard let (key, isCurrent) = keys.opening(wanted, at: now) else { return 0 }
        guard start(key, vector, cipher, mac, seals: false) else { return -1 }
        return isCurrent ? 1 : 2
    }

    private static func start(
        _ key: TicketKeys.Key, _ vector: UnsafePointer<UInt8>, _ cipher: OpaquePointer, _ mac: OpaquePointer,
        seals: Bool
    ) -> Bool {
        let secret = key.cipherKey.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nil, secret, vector, seals ? 1 : 0) == 1 else {
            return false
        }
        // OpenSSL keeps pointers to the names and to the digest's name: these live as long as the program.
        var parameters = [
            OSSL_PARAM_construct_octet_string(text("key"), key.macKey.baseAddress, key.macKey.count),
            OSSL_PARAM_construct_utf8_string(text("digest"), UnsafeMutablePointer(mutating: text("SHA256")), 6),
            OSSL_PARAM_construct_end(),
        ]
        return EVP_MAC_CTX_set_params(mac, &parameters) == 1
    }

    private static func text(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
