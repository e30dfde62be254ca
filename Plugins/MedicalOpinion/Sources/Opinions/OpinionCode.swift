internal import PluginAPI

/// What is printed on a signed opinion so that anybody can ask whether it is genuine: 100 bits from the system's generator for
/// secrets, as twenty letters and digits in groups of four.
///
/// The alphabet lacks I, L, O and U; who reads one of the first three means a 1 or a 0.
struct OpinionCode: Sealable, Equatable {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let length = 20

    /// Without dashes.
    private let letters: String

    static func make() -> OpinionCode {
        var generator = SystemRandomNumberGenerator()
        return OpinionCode(
            letters: String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) }))
    }

    private init(letters: String) { self.letters = letters }

    /// A code as somebody typed it: in any case, with whatever spaces and dashes. Nil for what no code can be.
    init?(typed: String) {
        var letters = ""
        // More was never a code, and is not worth a walk.
        guard typed.utf8.count <= 200 else { return nil }
        for character in typed.uppercased()
        where !" -\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\t\r\n".contains(character) {
            switch character {
            case "O": letters.append("0")
            case "I", "L": letters.append("1")
            case _ where Self.alphabet.contains(character): letters.append(character)
            default: return nil
            }
        }
        guard letters.count == Self.length else { return nil }
        self.letters = letters
    }

    /// `7K3M-0QXA-…`
    var text: String {
        let letters = Array(letters)
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: "-")
    }

    /// What finds it without telling it: nobody compares a code letter by letter.
    var index: BlindIndex { BlindIndex(letters, tag: "opinion-code") }

    // It lies sealed, to be printed again.
    static let sealTag = "opinion-code"
    var sealedBytes: [UInt8] { Array(letters.utf8) }
    init?(sealedBytes: [UInt8]) { self.init(typed: String(decoding: sealedBytes, as: UTF8.self)) }
}
