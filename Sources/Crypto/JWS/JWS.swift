/// Signed tokens in the compact form of RFC 7515: header.payload.signature, each in base64url.
///
/// This module knows no JSON: header and payload come and go as bytes. The caller decides from its own configuration,
/// never from the token, which key and so which algorithm may verify.
public enum JWS {
    /// Signs and writes a whole token in ASCII.
    /// - Parameters:
    ///   - header: The JOSE header in JSON, whose `alg` must be the key's ``JWSSigner/algorithm``.
    ///   - payload: The claims in JSON, or any bytes.
    /// - Throws: ``CryptoError/library(operation:code:)`` if the library cannot sign.
    public static func sign(
        header: RawSpan, payload: RawSpan, key: some JWSSigner
    ) throws(CryptoError) -> [UInt8] {
        var token = signingInput(header: header, payload: payload)
        let signature = try key.signature(of: token.span.bytes)
        token.append(UInt8(ascii: "."))
        Base64URL.append(signature.span.bytes, to: &token)
        return token
    }

    /// Signs and writes a whole token in ASCII; see ``sign(header:payload:key:)-(RawSpan,_,_)``.
    public static func sign(
        header: [UInt8], payload: [UInt8], key: some JWSSigner
    ) throws(CryptoError) -> [UInt8] {
        try sign(header: header.span.bytes, payload: payload.span.bytes, key: key)
    }

    /// What a signature is made of: header.payload, each in base64url (RFC 7515 §5.1).
    public static func signingInput(header: RawSpan, payload: RawSpan) -> [UInt8] {
        var input: [UInt8] = []
        // Room for the longest signature as well, so that the token is not moved.
        input.reserveCapacity((header.byteCount + payload.byteCount) * 4 / 3 + 1370)
        Base64URL.append(header, to: &input)
        input.append(UInt8(ascii: "."))
        Base64URL.append(payload, to: &input)
        return input
    }
}
