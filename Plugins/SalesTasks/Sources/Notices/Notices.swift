internal import PluginAPI

/// What people of a call centre are told beside their work.
extension NoticeType {
    static let callCentre: [NoticeType] = [scriptDrafted, scoreDisputed, disputeDecided]

    static let scriptDrafted = NoticeType(
        "script-drafted", "A draft of a script you asked for waits for approval.", category: .tasks,
        channels: [.push, .email], placeholders: ["task", "version"],
        texts: [
            "en": Text(
                subject: "A script waits for your approval",
                body: "Version {version} of the script of {task} is a draft. Read it, and approve it or not."),
            "de": Text(
                subject: "Ein Leitfaden wartet auf Ihre Freigabe",
                body:
                    "Fassung {version} des Leitfadens von {task} ist ein Entwurf. Lesen Sie ihn und geben Sie ihn frei, oder nicht."
            ),
        ])

    static let scoreDisputed = NoticeType(
        "score-disputed", "A representative disputes the quality score of a call.", category: .tasks,
        channels: [.push, .email], placeholders: ["representative", "score"],
        texts: [
            "en": Text(
                subject: "{representative} disputes a score",
                body: "{representative} disputes the quality score {score} of a call. Sign in to decide."),
            "de": Text(
                subject: "{representative} widerspricht einer Bewertung",
                body:
                    "{representative} widerspricht der Bewertung {score} eines Anrufs. Melden Sie sich an, um zu entscheiden."
            ),
        ])

    static let disputeDecided = NoticeType(
        "dispute-decided", "Your dispute of a quality score was decided.", category: .tasks,
        channels: [.push, .email], placeholders: ["before", "after"],
        texts: [
            "en": Text(
                subject: "Your dispute was decided",
                body: "The quality score of your call was {before} and is {after}. Sign in to read why."),
            "de": Text(
                subject: "Über Ihren Widerspruch wurde entschieden",
                body: "Die Bewertung Ihres Anrufs war {before} und ist {after}. Melden Sie sich an, um zu lesen, warum."
            ),
        ])
}
