internal import PluginAPI

/// The messages about cases.
extension NoticeType {
    static let cases = [caseMoved, caseAssigned, conflictFound, conflictDecided, deadlineDue]

    static let caseMoved = caseNotice(
        "case-updated", "A case of one's own has moved on.", placeholders: ["case", "number", "status", "stage"],
        en: ("Your case {number}", "{case} has moved on. Status: {status}, stage: {stage}"),
        de: ("Ihr Fall {number}", "In {case} geht es weiter. Stand: {status}, Abschnitt: {stage}"))

    static let caseAssigned = caseNotice(
        "case-assigned", "One was put on the team of a case.", placeholders: ["case", "number", "status", "stage"],
        channels: [.email, .push],
        en: ("You work on {number}", "You were put on the team of {case} ({number})."),
        de: ("Sie arbeiten an {number}", "Sie gehören jetzt zum Team von {case} ({number})."))

    static let conflictFound = caseNotice(
        "conflict-found", "A check for conflicts of interest wants to be looked at.", placeholders: ["case", "number"],
        channels: [.email, .push],
        en: ("Possible conflict in {number}", "The parties of {case} ({number}) resemble those of other cases."),
        de: ("Möglicher Konflikt in {number}", "Beteiligte von {case} ({number}) ähneln denen anderer Fälle."))

    static let conflictDecided = caseNotice(
        "conflict-decided", "Somebody has decided about a possible conflict of interest.",
        placeholders: ["case", "number", "decision"], channels: [.email, .push],
        en: ("Conflict check of {number}", "The conflict check of {case} was decided: {decision}"),
        de: ("Konfliktprüfung zu {number}", "Über die Konfliktprüfung zu {case} ist entschieden: {decision}"))

    static let deadlineDue = caseNotice(
        "deadline-due", "A deadline of a case comes near.", category: .reminders,
        placeholders: ["case", "number", "deadline", "due"], channels: [.email, .push, .sms],
        en: ("{due}: {deadline}", "{deadline} in {case} ({number}) ends on {due}"),
        de: ("{due}: {deadline}", "{deadline} in {case} ({number}) endet am {due}"))

    private static func caseNotice(
        _ name: String, _ summary: String, category: NoticeCategory = .caseUpdates, placeholders: [String],
        channels: [Channel] = [.email, .push, .sms, .whatsapp], en: (subject: String, body: String),
        de: (subject: String, body: String)
    ) -> NoticeType {
        NoticeType(
            name, summary, category: category, channels: channels, placeholders: placeholders,
            texts: [
                "en": Text(subject: en.subject, body: en.body), "de": Text(subject: de.subject, body: de.body),
            ])
    }
}
