internal import PluginAPI

/// The messages about second reads. Nothing medical leaves the portal.
extension NoticeType {
    static let secondReads = [secondReadAsked, secondReadSigned]

    static let secondReadAsked = NoticeType(
        "second-read-asked", "An expert is asked to read a case beside its own.", category: .caseUpdates,
        channels: [.email, .push], placeholders: ["tenant", "caseNumber"],
        texts: [
            "en": Text(
                subject: "You are asked for a second read",
                body: "{tenant}: you are asked to read case {caseNumber} beside its expert. Sign in to read it."),
            "de": Text(
                subject: "Ihr Blick als zweiter Leser",
                body: "{tenant}: Sie sind gebeten, den Fall {caseNumber} mitzulesen. Er liegt im Portal bereit."),
            "es": Text(
                subject: "Se le pide una segunda lectura",
                body: "{tenant}: se le pide leer también el caso {caseNumber}. Está en el portal."),
        ])

    static let secondReadSigned = NoticeType(
        "second-read-signed", "A second expert has said whether they agree, for the first.", category: .caseUpdates,
        channels: [.email, .push], placeholders: ["tenant", "caseNumber"],
        texts: [
            "en": Text(
                subject: "Case {caseNumber} was read a second time",
                body: "{tenant}: the second expert has signed. Sign in to read it, then go on."),
            "de": Text(
                subject: "Fall {caseNumber} wurde mitgelesen",
                body: "{tenant}: Der zweite Experte hat unterschrieben. Es liegt im Portal für Sie bereit."),
            "es": Text(
                subject: "El caso {caseNumber} tiene segunda lectura",
                body: "{tenant}: el segundo especialista ha firmado. Está en el portal."),
        ])
}
