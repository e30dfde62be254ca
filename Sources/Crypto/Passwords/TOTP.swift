/// One-time codes by time (RFC 6238), as authenticator apps show them.
public struct TOTP: Sendable {
    /// The digest inside the HMAC.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// SHA-1: what most apps know, whatever the URI says.
        case sha1 = "SHA1"
        /// SHA-256.
        case sha256 = "SHA256"
        /// SHA-512.
        case sha512 = "SHA512"

        /// How long a secret should be in bytes: as long as the digest (RFC 4226 §4, RFC 6238 appendix A).
        public var secretByteCount: Int { digest.digestSize }

        var digest: DigestAlgorithm {
            switch self {
            case .sha1: .sha1
            case .sha256: .sha256
            case .sha512: .sha512
            }
        }
    }

    /// The digest inside the HMAC.
    public let algorithm: Algorithm

    /// How many digits a code has, 6 to 8.
    public let digits: Int

    /// How many seconds a code is shown, 15 to 300.
    public let period: Int

    let secret: SecretBytes
    private let prepared: HMACState

    /// Prepares a secret shared with an app.
    /// - Parameters:
    ///   - secret: At least 16 bytes (RFC 4226 §4, R6).
    ///   - algorithm: SHA-1 unless the app is known to do others.
    ///   - digits: 6 to 8.
    ///   - period: 15 to 300 seconds.
    /// - Throws: ``CryptoError/wrongLength(of:)`` or ``CryptoError/outOfRange(_:)`` for arguments outside those bounds.
    public init(
        secret: SecretBytes, algorithm: Algorithm = .sha1, digits: Int = 6, period: Int = 30
    ) throws(CryptoError) {
        guard secret.count >= 16 else { throw .wrongLength(of: "secret") }
        guard (6...8).contains(digits) else { throw .outOfRange("digits") }
        guard (15...300).contains(period) else { throw .outOfRange("period") }
        self.secret = secret
        self.algorithm = algorithm
        self.digits = digits
        self.period = period
        prepared = secret.withBytes { HMACState(algorithm.digest, key: $0) }
    }

    /// A new secret of the length `algorithm` wants.
    public static func newSecret(for algorithm: Algorithm = .sha1) throws(CryptoError) -> SecretBytes {
        try SecretBytes.random(count: algorithm.secretByteCount)
    }

    /// The step that `unixSeconds` falls into; times before 1970 count as 1970.
    public func step(at unixSeconds: Int64) -> UInt64 { UInt64(max(0, unixSeconds)) / UInt64(period) }

    /// The code of a step (RFC 4226 §5.3): `digits` digits.
    public func code(forStep step: UInt64) -> String { String(decoding: codeDigits(forStep: step), as: UTF8.self) }

    /// The code at a time in seconds since 1970.
    public func code(at unixSeconds: Int64) -> String { code(forStep: step(at: unixSeconds)) }

    /// Which step `code` belongs to: the one of `unixSeconds`, the one before or the one after.
    ///
    /// A code is good for one sign-in only: the caller keeps the last step it accepted and refuses this one unless it
    /// is larger. All three steps are always compared, in constant time.
    /// - Returns: The step, preferably the current one, or nil if the code is wrong.
    public func matchedStep(of code: RawSpan, at unixSeconds: Int64) -> UInt64? {
        let now = step(at: unixSeconds)
        var matched: UInt64?
        for step in [now + 1, now > 0 ? now - 1 : now, now] {
            if constantTimeEquals(codeDigits(forStep: step).span.bytes, code) { matched = step }
        }
        return matched
    }

    /// Which step `code` belongs to; see ``matchedStep(of:at:)-(RawSpan,_)``.
    public func matchedStep(of code: String, at unixSeconds: Int64) -> UInt64? {
        matchedStep(of: code.utf8.span.bytes, at: unixSeconds)
    }

    private func codeDigits(forStep step: UInt64) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { tag in
            tag.initialize(repeating: 0)
            withUnsafeBytes(of: step.bigEndian) { counter in
                if let start = tag.baseAddress { prepared.tag(for: counter.bytes, to: start) }
            }
            // The last four bits choose where the 31 bits are read (RFC 4226 §5.3).
            let offset = Int(tag[algorithm.digest.digestSize - 1] & 15)
            var number = tag[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
            var digits = [UInt8](repeating: 0, count: self.digits)
            for index in digits.indices.reversed() {
                digits[index] = UInt8(ascii: "0") + UInt8(number % 10)
                number /= 10
            }
            return digits
        }
    }
}
