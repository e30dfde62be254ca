/// The few words of the frame around mails.
struct MailWords: Sendable {
    let unsubscribe: String

    /// In the language of a tag, or in English.
    static func of(_ tag: String) -> MailWords {
        let base = String(tag.lowercased().prefix { $0 != "-" })
        return all[base] ?? MailWords(unsubscribe: "Unsubscribe")
    }

    private static let all: [String: MailWords] = [
        "de": MailWords(unsubscribe: "Abbestellen"), "es": MailWords(unsubscribe: "Darse de baja"),
        "fr": MailWords(unsubscribe: "Se désabonner"), "it": MailWords(unsubscribe: "Annulla l’iscrizione"),
        "nl": MailWords(unsubscribe: "Afmelden"), "pl": MailWords(unsubscribe: "Zrezygnuj"),
        "pt": MailWords(unsubscribe: "Cancelar subscrição"),
    ]
}
