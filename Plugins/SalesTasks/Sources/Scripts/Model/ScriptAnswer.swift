internal import PluginAPI

/// Why a draft is the template's and not the model's.
enum ScriptFallback: String, CaseIterable, Error, Sendable {
    /// The settings name no model.
    case noModel
    /// It did not answer: not reached, too slow, too large, or left alone for a while.
    case unavailable
    /// It answered with an error.
    case failed
    /// Its answer is none of a chat.
    case malformed
    /// It wrote nothing, or would not.
    case empty
    /// It wrote more than a script may have.
    case tooLong
}

/// What a model answered.
enum ScriptAnswer {
    /// As many characters as a script may have.
    static let longest = 20_000

    /// The text of a script.
    ///
    /// - Throws: why there is none.
    static func text(_ answer: PeerAnswer) throws(ScriptFallback) -> String {
        guard answer.isSuccess else { throw answer.status >= 500 ? .unavailable : .failed }
        let root: JSONCursor
        do throws(PeerFailure) { root = try answer.json() } catch { throw .malformed }
        var first: JSONCursor?
        root.member("choices")?.forEachElement { if $0 == 0 { first = $1 } }
        guard let choice = first, let message = choice.member("message") else { throw .malformed }
        guard choice.member("finish_reason")?.string != "content_filter", message.member("refusal")?.string == nil
        else {
            throw .empty
        }
        guard let content = message.member("content") else { throw .malformed }
        guard content.kind != .null else { throw .empty }
        guard let written = content.string else { throw .malformed }
        let text = plain(written)
        guard !text.isEmpty else { throw .empty }
        guard text.count <= longest else { throw .tooLong }
        return text
    }

    /// Without the fence that models like to put around a text, blanks at the ends, and characters that are not seen: controls,
    /// and those that turn the direction of a text, behind which something else can hide than what a person approves.
    static func plain(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar == "\n" || scalar == "\t" || isSeen(scalar) {
            scalars.append(scalar)
        }
        var lines = String(scalars).split(separator: "\n", omittingEmptySubsequences: false)[...]
        func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
        func trim() {
            while let line = lines.first, isBlank(line) { lines = lines.dropFirst() }
            while let line = lines.last, isBlank(line) { lines = lines.dropLast() }
        }
        trim()
        if lines.count >= 2, lines.first?.hasPrefix("```") == true, lines.last?.hasPrefix("```") == true {
            lines = lines.dropFirst().dropLast()
            trim()
        }
        return lines.joined(separator: "\n")
    }

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
