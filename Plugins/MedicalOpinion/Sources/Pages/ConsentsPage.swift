internal import PluginAPI

extension MedicalOpinion {
    static let consentsPath = "/portal/consents"

    /// `GET /portal/consents`: what one is asked to consent to, each by itself.
    func consentsPage(_ asked: ConsentsOnPage, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> PageAnswer
    {
        let say = Words(call.language)
        let shown = try ownConsents(tx, call).consents.filter { $0.version != nil || $0.granted }
        let saved = say("Saved.", de: "Gespeichert.", es: "Guardado.")
        let done: HTML = asked.done == nil ? "" : "<p class=\"done\" role=\"status\">\(saved)</p>"
        var list: HTML = "<ul class=\"cards\" role=\"list\">\(shown.map { consentItem($0, say) })</ul>"
        if shown.isEmpty {
            let none = say(
                "There is nothing that you are asked to consent to.",
                de: "Es gibt nichts, dem Sie zustimmen sollen.",
                es: "No hay nada para lo que se pida su consentimiento.")
            list = "<p>\(none)</p>"
        }
        let title = say("What you consent to", de: "Worin Sie einwilligen", es: "Lo que usted consiente")
        return PageAnswer(
            """
            <div class="narrow">
            <p class="who">\(services.tenant.name)</p>
            <h1>\(title)</h1>
            \(done)
            \(list)
            <p><a href="\(link: Self.casesPath)">\(say("Your cases", de: "Ihre Fälle", es: "Sus casos"))</a></p>
            \(footer(say))
            </div>
            """, title: title, language: say.language)
    }

    private func consentItem(_ consent: ConsentShown, _ say: Words) -> HTML {
        let name = consent.title ?? consent.kind.plain(say)
        let text: HTML = consent.text.map { "<p class=\"written\">\($0)</p>" } ?? ""
        let needed: HTML =
            consent.required
            ? """
            <p class="hint">\(say("Without it no case can be sent.", de: "Ohne sie kann kein Fall gesendet werden.",
                es: "Sin él no se puede enviar ningún caso."))</p>
            """ : ""
        var state = say(
            "You have not consented.", de: "Sie haben nicht eingewilligt.", es: "No ha dado su consentimiento.")
        if consent.granted {
            state = say("You consent.", de: "Sie willigen ein.", es: "Usted consiente.")
            if !consent.isNewest {
                state = say(
                    "You consented, but not to this text.", de: "Sie haben eingewilligt, aber nicht in diesen Text.",
                    es: "Usted consintió, pero no este texto.")
            }
        }
        var forms: [HTML] = []
        if let version = consent.version, !consent.isNewest {
            let agree = say("I consent", de: "Ich willige ein", es: "Doy mi consentimiento")
            forms.append(consentForm(consent.kind, "yes", version, agree, name))
        }
        if consent.granted {
            let stop = say("I no longer consent", de: "Ich widerrufe", es: "Retiro mi consentimiento")
            forms.append(consentForm(consent.kind, "no", consent.version, stop, name))
        }
        return "<li><h2>\(name)</h2>\(text)\(needed)<p><strong>\(state)</strong></p>\(forms)</li>"
    }

    private func consentForm(
        _ kind: ConsentKind, _ answer: String, _ version: Int?, _ button: String, _ name: String
    ) -> HTML {
        let look: HTML = answer == "no" ? " class=\"quiet\"" : ""
        let shown: HTML = version.map { "<input type=\"hidden\" name=\"version\" value=\"\($0)\">" } ?? ""
        return """
            <form method="post" action="\(link: "\(Self.consentsPath)/\(kind.rawValue)")" enctype="multipart/form-data">
            <input type="hidden" name="granted" value="\(answer)">\(shown)
            <button\(look) aria-label="\(button): \(name)">\(button)</button></form>
            """
    }

    func giveConsentByForm(_ sent: ConsentFormSent, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> SeeOther
    {
        let given = ConsentGiven(kind: sent.kind, granted: sent.granted == .yes, version: sent.version)
        _ = try giveConsent(given, tx, call)
        return SeeOther("\(Self.consentsPath)?done=yes")
    }
}

extension ConsentKind {
    /// Its name where no text says one.
    fileprivate func plain(_ say: Words) -> String {
        switch self {
        case .healthData: say("Data about your health", de: "Gesundheitsdaten", es: "Datos sobre su salud")
        case .aiUse: say("Artificial intelligence", de: "Künstliche Intelligenz", es: "Inteligencia artificial")
        case .research: say("Research", de: "Forschung", es: "Investigación")
        case .marketing: say("Offers", de: "Angebote", es: "Ofertas")
        }
    }
}

/// The input of the page `/portal/consents`.
struct ConsentsOnPage: Described {
    let done: Done?
    enum Done: String, CaseIterable, Sendable { case yes }
    static let schema = Schema<ConsentsOnPage>.object(
        ConsentsOnPage.init(done:), Field("done", \.done, .optional(.oneOf), in: .query))
}

/// The form of a consent.
struct ConsentFormSent: Described {
    let kind: ConsentKind
    let granted: Answer
    let version: Int?
    enum Answer: String, CaseIterable, Sendable { case yes, no }
    static let schema = Schema<ConsentFormSent>.object(
        ConsentFormSent.init(kind:granted:version:), Field("kind", \.kind, .oneOf, in: .path),
        Field("granted", \.granted, .oneOf, in: .form),
        Field("version", \.version, .optional(.int(1...1_000_000)), in: .form))
}
