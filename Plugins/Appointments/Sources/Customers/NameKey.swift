internal import PluginAPI

/// A name as it is looked up: without case and accents, family name first. Kept beside the record, because the name itself
/// is the account's, which the plugin's SQL cannot reach.
enum NameKey {
    static func of(_ person: Person) -> String { folded("\(person.familyName) \(person.givenName)") }

    /// Letters without their marks, in lower case.
    static func folded(_ text: String) -> String {
        var out = ""
        var isGap = false
        // A letter with a mark is the letter and the mark; a mark by itself is left out.
        for scalar in text.lowercased().decomposed {
            if scalar.properties.isWhitespace {
                isGap = !out.isEmpty
            } else if scalar.properties.generalCategory != .nonspacingMark {
                if isGap { out.append(" ") }
                isGap = false
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

extension String {
    /// Its scalars with marks apart from their letters, as far as comparing ignores how they are composed.
    fileprivate var decomposed: [Unicode.Scalar] {
        unicodeScalars.flatMap { Self.bases[$0.value].map { [$0] } ?? [$0] }
    }

    /// The letter under the mark, for the letters of Latin-1 and Latin Extended-A in lower case.
    private static let bases: [UInt32: Unicode.Scalar] = {
        let rows: [(Unicode.Scalar, String)] = [
            ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"), ("o", "òóôõöøōŏő"),
            ("r", "ŕŗř"), ("s", "śŝşšſ"), ("t", "ţťŧ"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
        ]
        var bases: [UInt32: Unicode.Scalar] = [:]
        for (base, letters) in rows {
            for letter in letters.unicodeScalars { bases[letter.value] = base }
        }
        return bases
    }()
}
