/// Text as comparisons see it: lower case, without accents, punctuation as single spaces, in UTF-16 units.
///
/// `É. Müller-Lüdenscheidt ` becomes `e muller ludenscheidt`. Letters of other scripts are kept as they are.
public struct FoldedText: Sendable, Hashable {
    /// UTF-16 units; never a space first, last or beside another.
    public let units: [UInt16]

    /// - Parameter limit: UTF-16 units that are read at most; what is behind them is not compared.
    public init(_ text: String, limit: Int = 1000) {
        var units: [UInt16] = []
        units.reserveCapacity(min(limit, text.utf8.count))
        var pendingSpace = false
        for character in text {
            guard units.count < limit else { break }
            if let ascii = character.asciiValue, let kept = Self.ascii(ascii) {
                Self.add(kept, &units, &pendingSpace)
            } else if let folded = LatinFolding.letters(of: character) {
                for letter in folded.utf16 { Self.add(letter, &units, &pendingSpace) }
            } else if character.isLetter || character.isNumber {
                for unit in character.lowercased().utf16 { Self.add(unit, &units, &pendingSpace) }
            } else if !Self.isSilent(character) {
                pendingSpace = true
            }
        }
        self.units = units
    }

    init(units: [UInt16]) { self.units = units }

    /// The words, in order.
    public var words: [[UInt16]] { units.split(separator: Self.space).map(Array.init) }

    /// Without the spaces.
    var joined: [UInt16] { units.filter { $0 != Self.space } }

    /// The folded text, to read.
    public var text: String { String(decoding: units, as: UTF16.self) }

    static let space: UInt16 = 0x20

    private static func add(_ unit: UInt16, _ units: inout [UInt16], _ pendingSpace: inout Bool) {
        if pendingSpace, !units.isEmpty { units.append(space) }
        pendingSpace = false
        units.append(unit)
    }

    private static func ascii(_ byte: UInt8) -> UInt16? {
        switch byte {
        case 0x61...0x7A, 0x30...0x39: UInt16(byte)
        case 0x41...0x5A: UInt16(byte | 0x20)
        default: nil
        }
    }

    /// `O'Brien` and `OBrien` are one word.
    private static func isSilent(_ character: Character) -> Bool {
        character == "'" || character == "\u{2019}" || character == "`" || character == "\u{2BC}"
    }
}
