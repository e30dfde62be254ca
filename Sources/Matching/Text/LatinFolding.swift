/// Latin letters with marks, as the plain letters people type instead.
enum LatinFolding {
    /// The plain letters of a Latin letter with marks, in either of Unicode's normal forms; nil for any other character.
    static func letters(of character: Character) -> String? { table[character] }

    private static let table: [Character: String] = {
        // Characters are equal when canonically equivalent, so one entry serves `e` + acute and `é` alike.
        var table: [Character: String] = [:]
        for letter in "abcdefghijklmnopqrstuvwxyz" {
            for form in [String(letter), letter.uppercased()] {
                for mark in marks {
                    let one = form + String(mark)
                    if one.count == 1, let character = one.first { table[character] = String(letter) }
                    for second in marks {
                        let two = one + String(second)
                        if two.count == 1, let character = two.first { table[character] = String(letter) }
                    }
                }
            }
        }
        for (character, letters) in special { table[character] = letters }
        return table
    }()

    /// Grave, acute, circumflex, tilde, macron, breve, dot above, diaeresis, hook, ring, double acute, caron, horn, dot
    /// below, comma below, cedilla, ogonek.
    private static let marks: [Unicode.Scalar] = [
        "\u{300}", "\u{301}", "\u{302}", "\u{303}", "\u{304}", "\u{306}", "\u{307}", "\u{308}", "\u{309}", "\u{30A}",
        "\u{30B}", "\u{30C}", "\u{31B}", "\u{323}", "\u{326}", "\u{327}", "\u{328}",
    ]

    private static let special: [Character: String] = [
        "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "đ": "d",
        "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "ng", "Ŋ": "ng",
        "ŧ": "t",
        "Ŧ": "t", "ĳ": "ij", "Ĳ": "ij",
    ]
}
