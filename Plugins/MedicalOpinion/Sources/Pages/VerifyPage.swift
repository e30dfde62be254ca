internal import PluginAPI

extension MedicalOpinion {
    /// `GET /verify`: whether an opinion is genuine, for anybody who has its code.
    func verifyPage(_ asked: CodeOnPage, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> PageAnswer {
        let say = Words(call.language)
        let typed = asked.code ?? ""
        let found = typed.isEmpty ? nil : try verified(typed, tx)
        let isUnknown = !typed.isEmpty && found == nil
        var result: HTML = ""
        if let found { result = genuine(found, say) }
        if isUnknown {
            result = """
                <div class="error" role="alert" id="said">\(say(
                    "No opinion of this portal has this code. Compare it with the paper, letter by letter.",
                    de: "Keine Stellungnahme dieses Portals hat diesen Code. Vergleichen Sie ihn Zeichen für Zeichen.",
                    es: "Ninguna opinión de este portal tiene este código. Compárelo letra por letra."))</div>
                """
        }
        let title = say("Check an opinion", de: "Eine Zweitmeinung prüfen", es: "Comprobar una opinión")
        return PageAnswer(
            """
            <div class="narrow">
            <p class="who">\(services.tenant.name)</p>
            <h1>\(title)</h1>
            \(result)
            \(form(typed, isUnknown: isUnknown, say))
            </div>
            """, status: isUnknown ? 404 : 200, title: title, language: say.language)
    }

    private func form(_ typed: String, isUnknown: Bool, _ say: Words) -> HTML {
        let wrong: HTML = isUnknown ? " aria-invalid=\"true\"" : ""
        let about = isUnknown ? "code-hint said" : "code-hint"
        return """
            <form method="get" action="\(link: Self.verifyPath)">
            <p><label for="code">\(say("The code on the opinion", de: "Der Code auf der Stellungnahme",
                es: "El código de la opinión"))</label>
            <input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required \
            maxlength="64" value="\(typed)" aria-describedby="\(about)"\(wrong)></p>
            <p class="hint" id="code-hint">\(say(
                "Twenty letters and digits; dashes, spaces and small letters do not matter.",
                de: "Zwanzig Buchstaben und Ziffern; Striche, Leerzeichen und Kleinschreibung sind egal.",
                es: "Veinte letras y cifras; los guiones, espacios y minúsculas no importan."))</p>
            <p><button>\(say("Check", de: "Prüfen", es: "Comprobar"))</button></p>
            </form>
            """
    }

    private func genuine(_ found: OpinionVerified, _ say: Words) -> HTML {
        var newer: HTML = ""
        if found.newestVersion > found.version {
            newer = """
                <p class="error">\(say(
                    "A newer version exists: this one was added to, or replaced. Ask whoever gave it to you for the newest.",
                    de: "Es gibt eine neuere Fassung: Diese wurde ergänzt oder ersetzt. Lassen Sie sich die neueste geben.",
                    es: "Hay una versión más nueva: esta fue ampliada o sustituida. Pida la más reciente."))</p>
                """
        }
        let file: HTML =
            found.documentSha256.map { "<code>\($0)</code>" }
            ?? "\(say("no file was given out yet", de: "es wurde noch keine Datei ausgegeben", es: "aún no se ha entregado ningún archivo"))"
        return """
            <p class="done" role="status"><strong>\(say("This code is genuine.", de: "Dieser Code ist echt.",
                es: "Este código es auténtico."))</strong></p>
            \(newer)
            <dl class="facts">
            <dt>\(say("Signed by", de: "Unterschrieben von", es: "Firmado por"))</dt><dd>\(found.signedBy)</dd>
            <dt>\(say("Signed", de: "Unterschrieben", es: "Firmado"))</dt>\
            <dd>\(time(found.signedAt, say))</dd>
            <dt>\(say("Case", de: "Fall", es: "Caso"))</dt><dd>\(found.caseNumber)</dd>
            <dt>\(say("Version", de: "Fassung", es: "Versión"))</dt><dd>\(found.version) / \(found.newestVersion)</dd>
            <dt>\(say("Addenda", de: "Nachträge", es: "Anexos"))</dt><dd>\(found.addenda)</dd>
            <dt>\(say("SHA-256 of what was signed", de: "SHA-256 des Unterschriebenen", es: "SHA-256 de lo firmado"))</dt>\
            <dd><code>\(found.contentSha256)</code></dd>
            <dt>\(say("SHA-256 of the PDF", de: "SHA-256 des PDF", es: "SHA-256 del PDF"))</dt><dd>\(file)</dd>
            </dl>
            <p>\(say(
                "A genuine code can be copied onto a forged paper. Compare name, time and case number with the paper; or, where you have the file, its SHA-256 with the one above:",
                de: "Ein echter Code kann auf eine Fälschung kopiert werden. Vergleichen Sie Namen, Zeit und Fallnummer mit dem Papier; oder, wenn Sie die Datei haben, deren SHA-256 mit dem obigen:",
                es: "Un código auténtico puede copiarse en un papel falso. Compare nombre, fecha y número de caso con el papel; o, si tiene el archivo, su SHA-256 con el de arriba:"))
            <code>sha256sum \(found.caseNumber)-v\(found.version).pdf</code></p>
            """
    }

    /// A moment, for people and for programs.
    func time(_ instant: Instant, _ say: Words) -> HTML {
        "<time datetime=\"\(instant.description)\">\(say.moment(instant, in: services.tenant.zone))</time>"
    }
}

/// The input of the page `/verify`.
struct CodeOnPage: Described {
    let code: String?
    static let schema = Schema<CodeOnPage>.object(
        CodeOnPage.init(code:), Field("code", \.code, .optional(.string(0...200)), in: .query))
}
