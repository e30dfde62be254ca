/// The Daitch–Mokotoff Soundex (1985): six digits for how a name sounds, made for Slavic, Germanic and Jewish names, whose
/// spellings differ between countries. A name that can be said in several ways has several codes.
public enum DaitchMokotoff {
    /// The codes of a name, at most 16, in order. Empty without a Latin letter.
    public static func codes(_ name: String) -> [String] { codes(FoldedText(name).units) }

    /// The codes of a folded name in UTF-16 units.
    static func codes(_ units: [UInt16]) -> [String] {
        let letters = units.filter { (0x61...0x7A).contains($0) }.map { UInt8($0) }
        guard !letters.isEmpty else { return [] }
        var branches: [Branch] = [Branch()]
        var at = 0
        while at < letters.count {
            let (length, rule) = rule(letters, at)
            let sounds: [String]
            if at == 0 {
                sounds = rule.atStart
            } else if at + length < letters.count, isVowel(letters[at + length]) {
                sounds = rule.beforeVowel
            } else {
                sounds = rule.elsewhere
            }
            var next: [Branch] = []
            for branch in branches {
                for sound in sounds {
                    let grown = branch.adding(sound)
                    if !next.contains(grown) { next.append(grown) }
                }
            }
            branches = Array(next.prefix(16))
            at += length
        }
        var codes: [String] = []
        for branch in branches {
            let code = String((branch.digits + "000000").prefix(6))
            if !codes.contains(code) { codes.append(code) }
        }
        return codes.sorted()
    }

    /// One way to say the name so far.
    private struct Branch: Equatable {
        var digits = ""
        var last = ""

        /// Neighbours that sound alike are one.
        func adding(_ sound: String) -> Branch {
            var next = self
            if !last.hasSuffix(sound) || last.isEmpty { next.digits += sound }
            next.last = sound
            return next
        }
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        switch letter {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
        default: false
        }
    }

    private static func rule(_ letters: [UInt8], _ at: Int) -> (Int, SoundRule) {
        for length in stride(from: min(7, letters.count - at), through: 1, by: -1) {
            let spelling = String(decoding: letters[at..<at + length], as: UTF8.self)
            if let rule = SoundRule.all[spelling] { return (length, rule) }
        }
        return (1, SoundRule("", "", ""))
    }
}
