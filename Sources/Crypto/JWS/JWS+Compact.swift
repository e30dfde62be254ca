import Glibc

extension JWS {
    /// Where the parts of a compact token lie. Nothing is decoded: a caller reads header and payload with
    /// ``Base64URL/decode(_:)-(RawSpan)`` when it needs them.
    public struct Compact: Sendable, Equatable {
        /// The most bytes a token may have unless the caller says otherwise.
        public static let usualLimit = 16 * 1024

        /// The base64url text of the header.
        public let header: Range<Int>

        /// The base64url text of the payload; may be empty.
        public let payload: Range<Int>

        /// The base64url text of the signature.
        public let signature: Range<Int>

        /// What was signed: the header, the first dot and the payload.
        public var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

        /// Finds the parts of `token` (ASCII); nil unless it has exactly two dots, a header and a signature (so an
        /// unsecured token is nil too), and at most `limit` bytes.
        public init?(_ token: RawSpan, limit: Int = usualLimit) {
            guard token.byteCount <= limit else { return nil }
            guard let first = Compact.dot(in: token, from: 0), let second = Compact.dot(in: token, from: first + 1),
                Compact.dot(in: token, from: second + 1) == nil, first > 0, second + 1 < token.byteCount
            else { return nil }
            header = 0..<first
            payload = first + 1..<second
            signature = second + 1..<token.byteCount
        }

        /// Finds the parts of `token` (ASCII); see ``init(_:limit:)-(RawSpan,_)``.
        public init?(_ token: [UInt8], limit: Int = usualLimit) { self.init(token.span.bytes, limit: limit) }

        /// Where the next dot is.
        private static func dot(in token: RawSpan, from start: Int) -> Int? {
            token.withUnsafeBytes { token in
                guard start < token.count, let base = token.baseAddress else { return nil }
                let found = memchr(base + start, Int32(UInt8(ascii: ".")), token.count - start)
                return found.map { UnsafeRawPointer($0) - base }
            }
        }

        /// Whether the signature in `token`, from which this was made, is one of `key`. False for another token that
        /// is too short and for a signature that is not strict base64url.
        public func verify(_ token: RawSpan, key: some JWSVerifier) -> Bool {
            guard token.byteCount == signature.upperBound,
                let signature = Base64URL.decode(token.extracting(signature))
            else { return false }
            return key.verify(signature: signature.span.bytes, of: token.extracting(signingInput))
        }

        /// Whether the signature in `token`, from which this was made, is one of `key`.
        public func verify(_ token: [UInt8], key: some JWSVerifier) -> Bool { verify(token.span.bytes, key: key) }
    }
}
