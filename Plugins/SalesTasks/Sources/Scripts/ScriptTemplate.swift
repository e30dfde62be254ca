internal import PluginAPI

/// The script that is made of a task's own words. `{customer}` and `{representative}` are left for whoever reads it.
enum ScriptTemplate {
    static func text(_ facts: TaskRow) -> String {
        var lines = [
            "Hello {customer}, this is {representative}. I am calling about \(Self.inSentence(facts.title)).",
            "", Self.sentence(facts.description), "", "What makes it special: \(Self.sentence(facts.proposition))", "",
            "Questions:", "- How do you handle this today?", "- What would you like to be better?",
            "- Who else takes part in the decision?",
        ]
        if let deadline = facts.deadline {
            lines += ["", "This offer is open until \(deadline.description.prefix(10))."]
        }
        if let minutes = facts.metadata.expectedCallDuration, minutes > 0 {
            lines += ["", "(This takes about \(Int(minutes.rounded())) minutes.)"]
        }
        lines += [
            "", "If they agree: confirm what was agreed and what comes next.",
            "If they need time: agree on a day and an hour, and record a callback.",
            "If they do not want to be called again: record do not call, and thank them.",
        ]
        return lines.joined(separator: "\n")
    }

    private static func sentence(_ text: String) -> String {
        guard let last = text.last, !".!?".contains(last) else { return text }
        return text + "."
    }

    private static func inSentence(_ text: String) -> String {
        var text = text[...]
        while let last = text.last, ".!?".contains(last) { text = text.dropLast() }
        return String(text)
    }
}
