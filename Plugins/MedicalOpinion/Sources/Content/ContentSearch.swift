/// Words that a reader looks for, as FTS5 takes them: each in quotes, so that none is an operator, and all of them must be
/// there. The last may be the beginning of a longer one: it may still be typed.
struct ContentSearch: Sendable {
    /// nil when there is no word in it.
    let match: String?

    init(_ text: String) {
        let words = Article.words(in: text).prefix(20)
        let phrases = words.enumerated().map { place, word in
            // One letter begins too many words.
            "\"\(word)\"" + (place == words.count - 1 && word.count > 1 ? " *" : "")
        }
        match = phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
    }
}
