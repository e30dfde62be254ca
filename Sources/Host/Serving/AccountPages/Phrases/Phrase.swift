import PluginAPI

/// What the host's own pages say, in each of the languages that they speak.
struct Phrase: Sendable, Equatable {
    let en: String, de: String, es: String

    init(_ en: String, de: String, es: String) {
        self.en = en
        self.de = de
        self.es = es
    }

    /// In a language, or in English where the pages do not speak it.
    func text(in language: Language) -> String {
        switch language.base {
        case "de": de
        case "es": es
        default: en
        }
    }

    /// The language in which a reader of another one is spoken to; screen readers are told.
    static func spoken(_ language: Language) -> Language {
        ["en", "de", "es"].contains(language.base) ? language : .english
    }
}

extension Phrase {
    static let error = Phrase("Error", de: "Fehler", es: "Error")
    static let stale = Phrase(
        "This page was open too long, or the browser keeps no cookies. Please try again.",
        de:
            "Diese Seite war zu lange offen, oder der Browser speichert keine Cookies. Bitte versuchen Sie es noch einmal.",
        es: "Esta página estuvo abierta demasiado tiempo o el navegador no guarda cookies. Inténtelo de nuevo.")
    static let back = Phrase("Back", de: "Zurück", es: "Volver")

    /// - Parameter seconds: until the next try is looked at.
    static func locked(_ seconds: Int) -> Phrase {
        let minutes = max(1, (seconds + 59) / 60)
        return Phrase(
            "Too many failed attempts. Please try again in \(minutes) \(minutes == 1 ? "minute" : "minutes").",
            de:
                "Zu viele Fehlversuche. Bitte versuchen Sie es in \(minutes) \(minutes == 1 ? "Minute" : "Minuten") wieder.",
            es: "Demasiados intentos fallidos. Inténtelo de nuevo en \(minutes) \(minutes == 1 ? "minuto" : "minutos")."
        )
    }
}
