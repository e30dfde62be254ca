internal import PluginAPI

/// The messages about cases. Nothing medical leaves the portal, not even the specialty.
extension NoticeType {
    static let cases = [caseReceived, caseAssigned, caseInReview, opinionReady, caseCompleted, caseOverdue]

    /// What a customer is told when their case has come to a status.
    static func of(_ status: CaseStatus) -> NoticeType? {
        switch status {
        case .submitted: caseReceived
        case .professionalAssigned: caseAssigned
        case .inReview: caseInReview
        case .opinionReady: opinionReady
        case .completed: caseCompleted
        case .draft, .cancelled: nil
        }
    }

    static let caseReceived = about(
        "case-received", "A case was received.",
        ("Your case {caseNumber}", "{tenant}: we have received your case {caseNumber}."),
        ("Ihr Fall {caseNumber}", "{tenant}: Ihr Fall {caseNumber} ist eingegangen."),
        ("Su caso {caseNumber}", "{tenant}: hemos recibido su caso {caseNumber}."))

    static let caseAssigned = about(
        "case-assigned", "An expert was assigned to a case.",
        ("Case update {caseNumber}", "{tenant}: {professionalName} has been assigned to your case {caseNumber}."),
        ("Neues zu {caseNumber}", "{tenant}: {professionalName} bearbeitet Ihren Fall {caseNumber}."),
        ("Novedades de {caseNumber}", "{tenant}: {professionalName} se ocupa de su caso {caseNumber}."))

    static let caseInReview = about(
        "case-in-review", "An expert reads a case.",
        ("Case update {caseNumber}", "{tenant}: your case {caseNumber} is being reviewed."),
        ("Neues zu {caseNumber}", "{tenant}: Ihr Fall {caseNumber} wird geprüft."),
        ("Novedades de {caseNumber}", "{tenant}: su caso {caseNumber} está en revisión."))

    static let opinionReady = about(
        "opinion-ready", "An opinion can be read in the portal.",
        ("Your opinion is ready", "{tenant}: the opinion on your case {caseNumber} is ready. Sign in to read it."),
        ("Ihr Gutachten ist fertig", "{tenant}: Das Gutachten zu {caseNumber} liegt im Portal für Sie bereit."),
        ("Su opinión está lista", "{tenant}: la opinión sobre su caso {caseNumber} está lista en el portal."))

    static let caseCompleted = about(
        "case-completed", "A case was closed.",
        ("Case {caseNumber} is closed", "{tenant}: your case {caseNumber} is closed. Tell us how it was."),
        ("Fall {caseNumber} ist abgeschlossen", "{tenant}: Ihr Fall {caseNumber} ist abgeschlossen."),
        ("El caso {caseNumber} está cerrado", "{tenant}: su caso {caseNumber} está cerrado."))

    static let caseOverdue = NoticeType(
        "case-overdue", "The time of a case has run out, for whoever works on it.", category: .reminders,
        channels: [.email, .push], placeholders: ["tenant", "caseNumber"],
        texts: [
            "en": Text(subject: "Case {caseNumber} is overdue", body: "{tenant}: case {caseNumber} waits for you.")
        ])

    private typealias Words = (subject: String, body: String)

    private static func about(
        _ name: String, _ summary: String, _ en: Words, _ de: Words, _ es: Words
    ) -> NoticeType {
        NoticeType(
            name, summary, category: .caseUpdates, channels: [.email, .sms, .push, .whatsapp],
            placeholders: ["tenant", "caseNumber", "professionalName"],
            texts: [
                "en": Text(subject: en.subject, body: en.body), "de": Text(subject: de.subject, body: de.body),
                "es": Text(subject: es.subject, body: es.body),
            ])
    }
}
