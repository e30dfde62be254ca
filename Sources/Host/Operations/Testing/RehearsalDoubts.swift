import Database
import PluginAPI
import Synchronization

/// Collects the writes whose second run came to something else than the first.
final class RehearsalDoubts: Sendable {
    private let found = Mutex<[String]>([])

    /// At most so many are kept.
    private static let limit = 100

    var all: [String] { found.withLock { $0 } }

    func note(_ rehearsal: Rehearsal) {
        guard let doubt = Self.doubt(rehearsal) else { return }
        found.withLock { if $0.count < Self.limit { $0.append("\(rehearsal.owner.id): \(doubt)") } }
    }

    private static func doubt(_ rehearsal: Rehearsal) -> String? {
        let (first, second) = (rehearsal.first, rehearsal.second)
        switch (first.error, second.error) {
        case (nil, nil): break
        case (let error?, let other?):
            let texts = (masked("\(error)"), masked("\(other)"))
            return texts.0 == texts.1 ? nil : "a write failed with \(texts.0), run again with \(texts.1)"
        case (let error?, nil): return "a write failed with \(error), run again it succeeded"
        case (nil, let error?): return "a write succeeded, run again it failed with \(error)"
        }
        if first.changes != second.changes {
            return "a write changed \(first.changes) rows, run again \(second.changes)"
        }
        guard let one = first.outcome as? StoredAnswer, let other = second.outcome as? StoredAnswer else { return nil }
        let answers = (masked(one), masked(other))
        return answers.0 == answers.1 ? nil : "a write answered \(answers.0), run again \(answers.1)"
    }

    private static func masked(_ answer: StoredAnswer) -> String {
        masked("\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
    }

    /// The text with everything replaced that looks made up anew in every run: ids from ``Identifier``, tokens, UUIDs.
    private static func masked(_ text: String) -> String {
        let text = withoutSecrets(text)
        var out = ""
        for word in text.split(omittingEmptySubsequences: false, whereSeparator: { !isWordLike($0) }) {
            out += isMadeUp(word) ? "…" : word
            if word.endIndex < text.endIndex { out.append(text[word.endIndex]) }
        }
        return out
    }

    /// The text without the secrets of webhooks, whose base64 has letters that part words.
    private static func withoutSecrets(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "whsec_") {
            out += rest[..<start.upperBound]
            rest = rest[start.upperBound...].drop {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+" || $0 == "/" || $0 == "=")
            }
        }
        return out + rest
    }

    private static func isWordLike(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_" || character == "-")
    }

    /// Long, and of digits too; a moment in time is neither, since its colons part it.
    private static func isMadeUp(_ word: Substring) -> Bool { word.count >= 20 && word.contains(where: \.isNumber) }
}
