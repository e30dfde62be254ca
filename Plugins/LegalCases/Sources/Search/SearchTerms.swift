/// Words that are looked for, as FTS5 takes them: each is quoted, so that nothing in it is an operator; the last may be the
/// beginning of a longer one, since it may not be typed to its end yet.
struct SearchTerms {
    let words: [String]
    private let isLastWhole: Bool

    init(_ text: String) {
        // What FTS5's tokenizer takes for separators would leave an empty phrase, which matches nothing.
        words = text.split { !($0.isLetter || $0.isNumber) }.prefix(20).map(String.init)
        isLastWhole = text.last.map { !($0.isLetter || $0.isNumber) } ?? true
    }

    /// nil when there is no word.
    ///
    /// - Parameter scope: one of these tokens must be there; any when nil.
    func match(scope: [String]?) -> String? {
        guard let last = words.last, scope?.isEmpty != true else { return nil }
        // One letter begins too many words to be looked for.
        let isPrefix = !isLastWhole && last.count > 1
        let sought = words.dropLast().map { "\"\($0)\"" } + ["\"\(last)\"" + (isPrefix ? " *" : "")]
        let text = "{title description text} : (" + sought.joined(separator: " AND ") + ")"
        guard let scope else { return text }
        return "scope : (" + scope.joined(separator: " OR ") + ") AND " + text
    }
}
