extension AESGCM {
    /// Encrypts under a random nonce; see ``seal(_:authenticating:)-(RawSpan,_)``.
    public func seal(_ plaintext: [UInt8], authenticating context: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        try seal(plaintext.span.bytes, authenticating: context.span.bytes)
    }

    /// Encrypts under a nonce of the caller; see ``seal(_:nonce:authenticating:)-(RawSpan,_,_)``.
    public func seal(
        _ plaintext: [UInt8], nonce: Nonce, authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try seal(plaintext.span.bytes, nonce: nonce, authenticating: context.span.bytes)
    }

    /// Encrypts a secret, such as another key, under a random nonce.
    public func seal(_ secret: SecretBytes, authenticating context: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        try secret.withBytes { (secret) throws(CryptoError) in
            try seal(secret, authenticating: context.span.bytes)
        }
    }

    /// Decrypts nonce ‖ ciphertext ‖ tag; see ``open(_:authenticating:)-(RawSpan,_)``.
    public func open(_ sealed: [UInt8], authenticating context: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        try open(sealed.span.bytes, authenticating: context.span.bytes)
    }

    /// Decrypts ciphertext ‖ tag; see ``open(_:nonce:authenticating:)-(RawSpan,_,_)``.
    public func open(
        _ sealed: [UInt8], nonce: Nonce, authenticating context: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        try open(sealed.span.bytes, nonce: nonce, authenticating: context.span.bytes)
    }

    /// Decrypts into bytes that are wiped after use; see ``openSecret(_:authenticating:)-(RawSpan,_)``.
    public func openSecret(
        _ sealed: [UInt8], authenticating context: [UInt8] = []
    ) throws(CryptoError) -> SecretBytes {
        try openSecret(sealed.span.bytes, authenticating: context.span.bytes)
    }
}
