internal import PluginAPI

/// Words that are looked for, as FTS5 takes them: every word is quoted, so that nothing in it is an operator, and may be the
/// beginning of a longer one.
struct SearchTerms {
    let words: [String]

    init(_ text: String) {
        // What FTS5's tokenizer takes for separators would leave an empty phrase, which matches nothing.
        words = text.split { !($0.isLetter || $0.isNumber) }.prefix(20).map(String.init)
    }

    /// nil when there is no word.
    var match: String? {
        words.isEmpty ? nil : words.map { "\"\($0)\"*" }.joined(separator: " ")
    }
}
