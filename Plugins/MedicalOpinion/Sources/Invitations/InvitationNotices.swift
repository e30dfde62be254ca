internal import PluginAPI

/// The messages about invitations. An expert's say nothing of the case, not even its number.
extension NoticeType {
    static let invitations = [
        invitationSent, invitationOver, invitationAccepted, invitationDeclined, invitationExpired,
    ]

    static let invitationSent = NoticeType(
        "invitation-sent", "An expert is asked whether they take a case.", category: .caseUpdates,
        channels: [.email, .push], placeholders: ["tenant", "hours"],
        texts: [
            "en": Text(
                subject: "You are asked for an opinion",
                body: "{tenant}: you are invited to take a case. Sign in to read more; answer within {hours} hours."),
            "de": Text(
                subject: "Ihre Meinung ist gefragt",
                body:
                    "{tenant}: Sie sind zu einem Fall eingeladen. Bitte antworten Sie innert {hours} Stunden im Portal."
            ),
            "es": Text(
                subject: "Se solicita su opinión",
                body: "{tenant}: se le invita a un caso. Entre en el portal y responda en {hours} horas."),
        ])

    static let invitationOver = NoticeType(
        "invitation-over", "An expert need not answer an invitation any more.", category: .caseUpdates,
        channels: [.email, .push], placeholders: ["tenant"],
        texts: [
            "en": Text(
                subject: "An invitation is over",
                body: "{tenant}: an invitation to a case is over. You need not answer it."),
            "de": Text(
                subject: "Eine Einladung ist hinfällig",
                body: "{tenant}: Eine Einladung zu einem Fall ist hinfällig. Sie müssen nicht mehr antworten."),
            "es": Text(
                subject: "Una invitación ha terminado",
                body: "{tenant}: una invitación a un caso ha terminado. Ya no hace falta que responda."),
        ])

    static let invitationAccepted = ofCase(
        "invitation-accepted", "An expert takes a case.", "{professionalName} takes case {caseNumber}")
    static let invitationDeclined = ofCase(
        "invitation-declined", "An expert does not take a case.", "{professionalName} does not take case {caseNumber}")
    static let invitationExpired = ofCase(
        "invitation-expired", "An expert has not answered an invitation in time.",
        "{professionalName} has not answered about case {caseNumber}")

    private static func ofCase(_ name: String, _ summary: String, _ words: String) -> NoticeType {
        NoticeType(
            name, summary, category: .caseUpdates, channels: [.email, .push],
            placeholders: ["tenant", "caseNumber", "professionalName"],
            texts: ["en": Text(subject: words, body: "{tenant}: \(words).")])
    }
}
