/// A QR code (ISO/IEC 18004:2015): a text as a square of dark and light modules that a camera reads.
public struct QRCode: Sendable, Equatable {
    /// How much of the code may be dirty or torn and still be read.
    public enum Correction: Int, Sendable, CaseIterable {
        /// About 7 % of the codewords.
        case low
        /// About 15 %.
        case medium
        /// About 25 %.
        case quartile
        /// About 30 %.
        case high
    }

    /// The text does not fit: even the largest code holds 2,953 bytes at most, and fewer with more correction.
    public struct TooLong: Error, Equatable {
        /// The text's length in bytes of UTF-8.
        public let bytes: Int
    }

    /// Modules on a side, 21 to 177, without the quiet zone.
    public let size: Int
    private let dark: [Bool]

    /// The smallest code that holds a text.
    ///
    /// - Parameter correction: the least wanted; more is taken where it costs no larger code.
    /// - Throws: ``TooLong``.
    public init(_ text: String, correction: Correction = .medium) throws(TooLong) {
        let payload = Payload(text)
        guard let version = QRVersion.smallest(for: payload, correction) else {
            throw TooLong(bytes: payload.bytes.count)
        }
        let strongest = Correction.allCases.last { $0.rawValue >= correction.rawValue && version.holds(payload, $0) }
        let chosen = strongest ?? correction
        let codewords = version.interleaved(payload.codewords(version, chosen), chosen)
        let matrix = QRMatrix(version, codewords, chosen)
        size = version.size
        dark = matrix.dark
    }

    /// Whether a module is dark; what lies outside is light.
    public func isDark(_ column: Int, _ row: Int) -> Bool {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return false }
        return dark[row * size + column]
    }
}
