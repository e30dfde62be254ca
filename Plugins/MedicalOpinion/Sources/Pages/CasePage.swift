internal import PluginAPI

extension MedicalOpinion {
    /// `GET /portal/cases/{caseNumber}`: one of the caller's own cases.
    func casePage(_ asked: CaseOnPage, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> PageAnswer {
        guard let row = try tx.secondOpinion(asked.caseNumber), row.person == call.caller.id else {
            throw Problem.notFound
        }
        let say = Words(call.language)
        let shown = try shown(row, tx)
        let done: HTML = asked.done.map { "<p class=\"done\" role=\"status\">\($0.plain(say))</p>" } ?? ""
        let title = "\(say("Case", de: "Fall", es: "Caso")) \(row.number)"
        return PageAnswer(
            """
            <div class="narrow">
            <p class="who"><a href="\(link: Self.casesPath)">\(say("Your cases", de: "Ihre Fälle", es: "Sus casos"))</a></p>
            <h1>\(title)</h1>
            \(done)
            <p><strong>\(row.state.plain(say))</strong></p>
            \(missing(shown, say))
            \(facts(row, shown, say))
            \(try opinion(row, shown, say, tx))
            \(try second(row, say, tx))
            \(question(shown, say))
            \(documents(shown, say))
            \(try messages(row, say, tx))
            \(try steps(row, say, tx))
            \(acts(row, now: call.now, say))
            \(footer(say))
            </div>
            """, title: title, language: say.language)
    }

    private func missing(_ shown: CaseShown, _ say: Words) -> HTML {
        guard let wanted = shown.informationRequest else { return "" }
        let heading = say("What we need from you", de: "Was wir von Ihnen brauchen", es: "Lo que necesitamos de usted")
        return "<section class=\"error\"><strong>\(heading)</strong><p class=\"written\">\(wanted)</p></section>"
    }

    private func facts(_ row: CaseRow, _ shown: CaseShown, _ say: Words) -> HTML {
        var facts: [HTML] = [fact(say("Specialty", de: "Fachgebiet", es: "Especialidad"), "\(row.specialty)")]
        if let sent = row.submittedAt {
            facts.append(fact(say("Sent", de: "Gesendet", es: "Enviado"), time(sent, say)))
        }
        if let expert = shown.professional {
            let about = [expert.name, expert.specialization].filter { !$0.isEmpty }.joined(separator: ", ")
            facts.append(fact(say("Expert", de: "Experte/Expertin", es: "Especialista"), "\(about)"))
        }
        if let manager = shown.caseManager {
            facts.append(
                fact(
                    say("Your case manager", de: "Für Sie zuständig", es: "Su gestor del caso"), "\(manager.name)"))
        }
        if row.deliveredAt == nil, let due = shown.estimatedCompletion, row.state.status != .cancelled {
            facts.append(fact(say("Expected by", de: "Erwartet bis", es: "Previsto para"), time(due, say)))
        }
        if let rating = shown.rating {
            facts.append(fact(say("Your rating", de: "Ihre Bewertung", es: "Su valoración"), "\(rating.rating) / 5"))
        }
        return "<dl class=\"facts\">\(facts)</dl>"
    }

    private func fact(_ name: String, _ value: HTML) -> HTML { "<dt>\(name)</dt><dd>\(value)</dd>" }

    private func opinion(_ row: CaseRow, _ shown: CaseShown, _ say: Words, _ tx: borrowing ReadTransaction) throws
        -> HTML
    {
        guard let opinion = shown.opinion else { return "" }
        let parts: [HTML] = [
            part(say("In plain words", de: "In einfachen Worten", es: "En palabras sencillas"), opinion.summary),
            part(say("Opinion", de: "Stellungnahme", es: "Opinión"), opinion.text),
            part(say("Findings", de: "Befunde", es: "Hallazgos"), opinion.findings),
            part(say("Recommendations", de: "Empfehlungen", es: "Recomendaciones"), opinion.recommendations),
        ]
        let addenda = opinion.addenda.map { addendum -> HTML in
            let heading = say("Addendum", de: "Nachtrag", es: "Anexo")
            return "<h3>\(heading), \(time(addendum.signedAt, say))</h3><p class=\"written\">\(addendum.text)</p>"
        }
        let code = try tx.opinionVersions(of: row).last?.code.text
        let check: HTML =
            code.map { code in
                """
                <p>\(say("Code for checking it", de: "Code zum Prüfen", es: "Código para comprobarla")):
                <a href="\(link: "\(Self.verifyPath)?code=\(code)")"><code>\(code)</code></a></p>
                """
            } ?? ""
        return """
            <section aria-labelledby="opinion"><h2 id="opinion">\(say("Your second opinion", de: "Ihre Zweitmeinung",
                es: "Su segunda opinión"))</h2>
            \(parts)
            <p>\(say("Signed by", de: "Unterschrieben von", es: "Firmado por")) \(opinion.signedBy),
            \(time(opinion.signedAt, say))</p>
            \(addenda)
            <p><a href="\(link: "/v1/portal/cases/\(row.number)/opinion.pdf")">\(say("Open as PDF",
                de: "Als PDF öffnen", es: "Abrir como PDF"))</a></p>
            \(check)</section>
            """
    }

    private func second(_ row: CaseRow, _ say: Words, _ tx: borrowing ReadTransaction) throws -> HTML {
        guard let read = try releasedRead(of: row, tx) else { return "" }
        let verdict =
            read.agrees
            ? say(
                "A second expert agrees.", de: "Ein zweiter Experte stimmt zu.",
                es: "Un segundo especialista está de acuerdo.")
            : say(
                "A second expert does not agree in everything.", de: "Ein zweiter Experte stimmt nicht in allem zu.",
                es: "Un segundo especialista no está de acuerdo en todo.")
        return """
            <h2>\(say("Read a second time", de: "Ein zweites Mal gelesen", es: "Segunda lectura"))</h2>
            <p><strong>\(verdict)</strong></p><p class="written">\(read.text)</p>
            <p>\(say("Signed by", de: "Unterschrieben von", es: "Firmado por")) \(read.signedBy), \(time(read.signedAt, say))</p>
            """
    }

    private func part(_ heading: String, _ text: String) -> HTML {
        text.isEmpty ? "" : "<h3>\(heading)</h3><p class=\"written\">\(text)</p>"
    }

    private func question(_ shown: CaseShown, _ say: Words) -> HTML {
        let more: HTML = shown.description.isEmpty ? "" : "<p class=\"written\">\(shown.description)</p>"
        return """
            <h2>\(say("Your question", de: "Ihre Frage", es: "Su pregunta"))</h2>
            <p class="written">\(shown.question)</p>\(more)
            """
    }

    private func documents(_ shown: CaseShown, _ say: Words) -> HTML {
        guard !shown.attachments.isEmpty else { return "" }
        let items = shown.attachments.map { file -> HTML in
            "<li><a href=\"\(link: file.downloadUrl)\">\(file.name)</a> (\(file.size))</li>"
        }
        return "<h2>\(say("Documents", de: "Unterlagen", es: "Documentos"))</h2><ul>\(items)</ul>"
    }
}

/// The input of the page of a case.
struct CaseOnPage: Described {
    let caseNumber: String
    let done: CaseDone?
    static let schema = Schema<CaseOnPage>.object(
        CaseOnPage.init(caseNumber:done:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("done", \.done, .optional(.oneOf), in: .query))
}
