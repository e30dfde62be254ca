/// A key that verifies tokens by one algorithm.
public protocol JWSVerifier: Sendable {
    /// The only `alg` of the header that this key accepts (RFC 7518 §3.1).
    var algorithm: String { get }

    /// Whether `signature`, in the form of RFC 7518 §3, belongs to `input`.
    func verify(signature: RawSpan, of input: RawSpan) -> Bool
}
