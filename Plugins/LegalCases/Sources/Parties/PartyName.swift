internal import Matching

/// A party's name as searches for conflicts see it: `Müller & Söhne GmbH` and `Muller Sohne` are close.
struct PartyName: Sendable {
    private let words: [[UInt16]]

    init(_ name: String) {
        let all = FoldedText(name, limit: 300).words
        let telling = all.filter { !Self.forms.contains(String(decoding: $0, as: UTF16.self)) }
        // A name of nothing but such words is what it is.
        words = telling.isEmpty ? all : telling
    }

    /// Under what it is looked up: its words, and how they sound.
    var keys: [String] {
        var keys: Set<String> = []
        for word in words {
            let text = String(decoding: word, as: UTF16.self)
            keys.insert(text)
            guard word.count > 2 else { continue }
            let sound = DoubleMetaphone(text)
            for code in [sound.primary, sound.secondary] where code.utf8.count > 1 { keys.insert("~" + code) }
        }
        return keys.sorted()
    }

    /// 0 to 1.
    func similarity(_ other: PartyName) -> Double {
        WordSets.similarity(
            words.map { WordSets.Word($0, weight: 1) }, other.words.map { WordSets.Word($0, weight: 1) })
    }

    /// From here on two names may be of one and the same.
    static let threshold = 0.75

    /// Words that say what kind of company it is and not which.
    private static let forms: Set<String> = [
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc",
        "gmbh", "ag", "kg", "ug", "se", "sa", "sarl", "sas", "bv", "nv", "ab", "as", "oy", "spa", "srl", "pty", "the",
        "and", "und", "of", "de", "mr", "mrs", "ms", "dr",
    ]
}
