internal import PluginAPI

/// The messages about cases. Nothing medical leaves the portal, not even the specialty.
extension NoticeType {
    static let cases = [
        caseReceived, informationNeeded, caseAssigned, caseInReview, opinionReady, opinionAddendum, caseCompleted,
        expertSought, caseReopened, caseCancelled, caseOverdue,
    ]

    /// What a customer is told of what was done with their case. Of what they did themselves they know already, but for
    /// what they can show others: that it was received, and that it is closed.
    static func of(_ act: CaseAct) -> NoticeType? {
        switch act {
        case .submit: caseReceived
        case .requestInformation: informationNeeded
        case .assign: caseAssigned
        case .review: caseInReview
        case .deliver: opinionReady
        case .close: caseCompleted
        case .release: expertSought
        case .reopen: caseReopened
        case .cancel, .decline: caseCancelled
        case .triage, .provideInformation, .invite, .requeue, .requestSecondRead, .endSecondRead, .followUp, .withdraw:
            nil
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

    static let informationNeeded = about(
        "case-information-needed", "Something is missing for a case.",
        (
            "Your case {caseNumber} waits for you",
            "{tenant}: we need something more from you for your case {caseNumber}. Sign in to see what it is."
        ),
        (
            "Ihr Fall {caseNumber} wartet auf Sie",
            "{tenant}: Zu Ihrem Fall {caseNumber} fehlt uns noch etwas. Melden Sie sich an, um zu sehen, was."
        ),
        (
            "Su caso {caseNumber} le espera",
            "{tenant}: nos falta algo para su caso {caseNumber}. Inicie sesión para ver qué es."
        ))

    static let opinionAddendum = about(
        "opinion-addendum", "Something was added to an opinion.",
        ("Your opinion was added to", "{tenant}: there is more to read on your case {caseNumber}. Sign in to read it."),
        ("Ihr Gutachten wurde ergänzt", "{tenant}: Zu Ihrem Fall {caseNumber} gibt es im Portal mehr zu lesen."),
        ("Su opinión se ha ampliado", "{tenant}: hay más que leer sobre su caso {caseNumber} en el portal."))

    static let expertSought = about(
        "case-expert-sought", "An expert has given a case back, and another is looked for.",
        ("Case update {caseNumber}", "{tenant}: we are finding another expert for your case {caseNumber}."),
        ("Neues zu {caseNumber}", "{tenant}: Wir suchen für Ihren Fall {caseNumber} eine andere Fachperson."),
        ("Novedades de {caseNumber}", "{tenant}: buscamos otro especialista para su caso {caseNumber}."))

    static let caseReopened = about(
        "case-reopened", "A case was opened again.",
        ("Case {caseNumber} is open again", "{tenant}: your case {caseNumber} is open again."),
        ("Fall {caseNumber} ist wieder offen", "{tenant}: Ihr Fall {caseNumber} ist wieder offen."),
        ("El caso {caseNumber} está abierto otra vez", "{tenant}: su caso {caseNumber} está abierto otra vez."))

    static let caseCancelled = about(
        "case-cancelled", "The service has ended a case without an opinion.",
        (
            "Case {caseNumber} has ended",
            "{tenant}: your case {caseNumber} ends without an opinion. Sign in to ask why."
        ),
        (
            "Fall {caseNumber} ist beendet",
            "{tenant}: Ihr Fall {caseNumber} endet ohne Gutachten. Im Portal können Sie nach dem Grund fragen."
        ),
        (
            "El caso {caseNumber} ha terminado",
            "{tenant}: su caso {caseNumber} termina sin opinión. En el portal puede preguntar por qué."
        ))

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
