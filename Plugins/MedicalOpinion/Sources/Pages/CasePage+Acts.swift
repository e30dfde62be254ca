internal import PluginAPI

extension MedicalOpinion {
    /// What was said about the case, the newest last, and a form to say more.
    func messages(_ row: CaseRow, _ say: Words, _ tx: borrowing ReadTransaction) throws -> HTML {
        guard row.state != .draft else { return "" }
        var items: [HTML] = []
        if let kept = row.conversation {
            let told = try tx.messages(
                of: ConversationID(rawValue: kept), withNotes: false, newestFirst: true, page: 1, limit: 20)
            for message in told.items.reversed() {
                var name = say("You", de: "Sie", es: "Usted")
                if message.sender != row.person {
                    name = try message.sender.flatMap { try tx.person($0)?.name } ?? services.tenant.name
                }
                items.append(
                    """
                    <li><strong>\(name)</strong>, \(time(message.sentAt, say))
                    <p class="written">\(message.text)</p></li>
                    """)
            }
        }
        let list: HTML = items.isEmpty ? "" : "<ul class=\"cards\" role=\"list\">\(items)</ul>"
        return """
            <h2>\(say("Messages", de: "Nachrichten", es: "Mensajes"))</h2>
            \(list)
            \(form("messages", of: row, button: say("Send", de: "Senden", es: "Enviar"), isQuiet: true,
                text("message", "message", say("Write to us about this case", de: "Schreiben Sie uns zu diesem Fall",
                    es: "Escríbanos sobre este caso"))))
            """
    }

    /// What has happened to the case so far.
    func steps(_ row: CaseRow, _ say: Words, _ tx: borrowing ReadTransaction) throws -> HTML {
        var items: [HTML] = []
        try tx.forEach(
            "SELECT to_state, at FROM medicalopinion_case_step WHERE case_id = \(row.id) ORDER BY seq LIMIT 200"
        ) { (line: borrowing Row) throws(StoreError) in
            let state: CaseState = try line.get(at: 0)
            let at = Instant(microseconds: try line.get(at: 1))
            items.append("<li>\(state.plain(say)) \(time(at, say))</li>")
        }
        guard !items.isEmpty else { return "" }
        return """
            <h2>\(say("What has happened so far", de: "Was bisher geschah", es: "Lo que ha pasado hasta ahora"))</h2>
            <ol class="steps">\(items)</ol>
            """
    }

    /// What the customer can do next, each as a form.
    func acts(_ row: CaseRow, now: Instant, _ say: Words) -> HTML {
        let allowed = CaseAct.allowed(in: row.state)
        var forms: [HTML] = []
        if allowed.contains(.submit) {
            forms.append(
                form("submit", of: row, button: say("Send this case", de: "Fall senden", es: "Enviar este caso"), meant)
            )
        }
        if row.canBeRated { forms.append(rating(row, say)) }
        let until = row.deliveredAt.map { $0 + .seconds(settings.followUpDays * 86_400) }
        if row.state.status == .opinionReady, let until, now <= until { forms.append(followUp(row, until, say)) }
        if allowed.contains(.close) {
            forms.append(
                form(
                    "close", of: row, button: say("Close the case", de: "Fall abschließen", es: "Cerrar el caso"),
                    isQuiet: true,
                    """
                    <h3>\(say("Nothing more to ask?", de: "Keine Fragen mehr?", es: "¿Nada más que preguntar?"))</h3>\(meant)
                    """))
        }
        if allowed.contains(.withdraw) {
            let box = say(
                "I no longer want this opinion", de: "Ich möchte diese Zweitmeinung nicht mehr",
                es: "Ya no quiero esta opinión")
            forms.append(
                form(
                    "cancel", of: row, button: say("Withdraw the case", de: "Fall zurückziehen", es: "Retirar el caso"),
                    isQuiet: true,
                    """
                    <h3>\(say("Changed your mind?", de: "Doch nicht?", es: "¿Ha cambiado de idea?"))</h3>
                    <label class="box"><input type="checkbox" name="confirmed" value="yes" required> \(box)</label>
                    """))
        }
        guard !forms.isEmpty else { return "" }
        let heading = say("What you can do", de: "Was Sie tun können", es: "Lo que puede hacer")
        return "<h2>\(heading)</h2>\(forms)"
    }

    private func rating(_ row: CaseRow, _ say: Words) -> HTML {
        let grades = [
            (5, say("very good", de: "sehr gut", es: "muy buena")), (4, say("good", de: "gut", es: "buena")),
            (3, say("fair", de: "befriedigend", es: "regular")), (2, say("poor", de: "schlecht", es: "mala")),
            (1, say("very poor", de: "sehr schlecht", es: "muy mala")),
        ]
        let options = grades.map { "<option value=\"\($0.0)\">\($0.0): \($0.1)</option>" as HTML }
        let comment = say(
            "A comment, if you like", de: "Ein Kommentar, wenn Sie möchten", es: "Un comentario, si quiere")
        return form(
            "rating", of: row, button: say("Rate", de: "Bewerten", es: "Valorar"),
            """
            <h3>\(say("How was the opinion?", de: "Wie war die Zweitmeinung?", es: "¿Qué tal fue la opinión?"))</h3>
            <p><label for="rating">\(say("Your rating", de: "Ihre Bewertung", es: "Su valoración"))</label>
            <select id="rating" name="rating" required><option value="">–</option>\(options)</select></p>
            \(text("comment", "comment", comment, isRequired: false, most: 5000))
            """)
    }

    private func followUp(_ row: CaseRow, _ until: Instant, _ say: Words) -> HTML {
        form(
            "follow-ups", of: row, button: say("Ask", de: "Fragen", es: "Preguntar"),
            """
            <h3>\(say("Something unclear?", de: "Etwas unklar?", es: "¿Algo no está claro?"))</h3>
            \(text("follow-up", "message", say("Your question about the opinion", de: "Ihre Frage zur Zweitmeinung",
                es: "Su pregunta sobre la opinión")))
            <p class="hint">\(say("You can ask until", de: "Sie können fragen bis", es: "Puede preguntar hasta")) \(time(
                until, say))</p>
            """)
    }

    /// What a form sends that has nothing to fill in.
    private var meant: HTML { "<input type=\"hidden\" name=\"confirmed\" value=\"yes\">" }

    private func text(
        _ id: String, _ name: String, _ label: String, isRequired: Bool = true, most: Int = 10_000
    ) -> HTML {
        let required: HTML = isRequired ? " required" : ""
        return """
            <p><label for="\(id)">\(label)</label>
            <textarea id="\(id)" name="\(name)" maxlength="\(most)"\(required)></textarea></p>
            """
    }

    private func form(
        _ act: String, of row: CaseRow, button: String, isQuiet: Bool = false, _ fields: HTML
    ) -> HTML {
        let look: HTML = isQuiet ? " class=\"quiet\"" : ""
        return """
            <form method="post" action="\(link: "\(Self.casesPath)/\(row.number)/\(act)")" enctype="multipart/form-data">
            \(fields)
            <p><button\(look)>\(button)</button></p></form>
            """
    }
}
