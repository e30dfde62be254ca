internal import PluginAPI

extension MedicalOpinion {
    static let casesPath = "/portal/cases"
    private static let casesOnPage = 20

    /// `GET /portal/cases`: the caller's own cases, the newest first.
    func casesPage(_ asked: CasesOnPage, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> PageAnswer {
        let (say, person) = (Words(call.language), call.caller.id)
        let total: Int = try tx.value("SELECT count(*) FROM medicalopinion_case WHERE person_id = \(person)") ?? 0
        let rows: [CaseRow] = try tx.all(
            CaseRow.select
                + """
                WHERE person_id = \(person) ORDER BY seq DESC LIMIT \(Self.casesOnPage)
                OFFSET \((asked.page - 1) * Self.casesOnPage)
                """)
        let items = rows.map { item($0, say) }
        var list: HTML = "<ul class=\"cards\" role=\"list\">\(items)</ul>"
        if total == 0 {
            list = """
                <p>\(say("You have no cases yet.", de: "Sie haben noch keine Fälle.", es: "Aún no tiene casos."))</p>
                """
        }
        let title = say("Your cases", de: "Ihre Fälle", es: "Sus casos")
        return PageAnswer(
            """
            <div class="narrow">
            <p class="who">\(services.tenant.name)</p>
            <h1>\(title)</h1>
            \(list)
            \(pages(asked.page, of: total, say))
            \(footer(say))
            </div>
            """, title: title, language: say.language)
    }

    private func item(_ row: CaseRow, _ say: Words) -> HTML {
        """
        <li><a href="\(link: "\(Self.casesPath)/\(row.number)")"><strong>\(row.number)</strong></a> · \(row.specialty)
        <dl><dt>\(say("Status", de: "Stand", es: "Estado"))</dt><dd>\(row.state.plain(say))</dd>
        <dt>\(say("Begun", de: "Begonnen", es: "Comenzado"))</dt><dd>\(time(row.createdAt, say))</dd></dl></li>
        """
    }

    private func pages(_ page: Int, of total: Int, _ say: Words) -> HTML {
        var links: [HTML] = []
        if page > 1 {
            links.append(
                """
                <a href="\(link: "\(Self.casesPath)?page=\(page - 1)")" rel="prev">\(say("Newer", de: "Neuere",
                    es: "Más nuevos"))</a>
                """)
        }
        if page * Self.casesOnPage < total {
            links.append(
                """
                 <a href="\(link: "\(Self.casesPath)?page=\(page + 1)")" rel="next">\(say("Older", de: "Ältere",
                    es: "Más antiguos"))</a>
                """)
        }
        guard !links.isEmpty else { return "" }
        return "<nav aria-label=\"\(say("Pages", de: "Seiten", es: "Páginas"))\">\(links)</nav>"
    }

    /// Where else one may want to go.
    func footer(_ say: Words) -> HTML {
        """
        <nav aria-label="\(say("Account", de: "Konto", es: "Cuenta"))"><p><a href="/me/security">\(say(
            "Your account", de: "Ihr Konto", es: "Su cuenta"))</a> · <a href="\(link: Self.consentsPath)">\(say(
            "What you consent to", de: "Einwilligungen", es: "Consentimientos"))</a> · <a href="/sign-out">\(say(
            "Sign out", de: "Abmelden", es: "Cerrar sesión"))</a></p></nav>
        """
    }
}

/// The input of the page `/portal/cases`.
struct CasesOnPage: Described {
    let page: Int
    static let schema = Schema<CasesOnPage>.object(
        CasesOnPage.init(page:), Field("page", \.page, .int(1...100_000), in: .query, default: 1))
}
