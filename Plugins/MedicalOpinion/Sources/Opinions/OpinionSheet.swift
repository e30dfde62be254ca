internal import Documents
internal import PluginAPI

/// A signed opinion on paper, as it stood when a version of it was signed. The same content has the same bytes.
struct OpinionSheet {
    let portal: String
    let row: CaseRow
    let patient: String
    /// The opinion, then what was added to it up to the version that is printed; never empty.
    let opinion: OpinionVersion
    let addenda: [OpinionVersion]
    let zone: Zone
    let words: Words
    /// Where its code is checked: `https://…/verify`
    let checkingPage: String

    /// The version that is printed, whose code stands on it.
    private var version: OpinionVersion { addenda.last ?? opinion }

    func document() throws -> PDFDocument {
        var pdf = PDFDocument(
            title: words("Second opinion", de: "Zweitmeinung", es: "Segunda opinión") + " \(row.number)",
            author: portal, language: words.language.base, created: version.signedAt)
        pdf.paragraph(portal, style: PDFTextStyle(size: 10, gray: 0.35))
        pdf.heading(words("Second opinion", de: "Zweitmeinung", es: "Segunda opinión"))
        pdf.table(PDFTable(columns: [PDFTable.Column("", share: 1), PDFTable.Column("", share: 3)], rows: facts))
        section(words("The question", de: "Die Frage", es: "La pregunta"), row.content.question, &pdf)
        section(
            words("In plain words", de: "In einfachen Worten", es: "En palabras sencillas"), opinion.content.summary,
            &pdf)
        section(words("Opinion", de: "Stellungnahme", es: "Opinión"), opinion.content.text, &pdf)
        section(words("Findings", de: "Befunde", es: "Hallazgos"), opinion.content.findings, &pdf)
        section(
            words("Recommendations", de: "Empfehlungen", es: "Recomendaciones"), opinion.content.recommendations, &pdf)
        for addendum in addenda {
            let heading = words("Addendum", de: "Nachtrag", es: "Anexo")
            section("\(heading), \(words.moment(addendum.signedAt, in: zone))", addendum.content.text, &pdf)
            pdf.paragraph(signature(addendum), style: PDFTextStyle(size: 9.5, gray: 0.35))
        }
        try proof(&pdf)
        return pdf
    }

    private var facts: [[String]] {
        [
            [words("Case", de: "Fall", es: "Caso"), row.number],
            [words("Specialty", de: "Fachgebiet", es: "Especialidad"), row.specialty],
            [words("Patient", de: "Patient/in", es: "Paciente"), patient],
            [words("Expert", de: "Experte/Expertin", es: "Especialista"), signature(opinion)],
            [words("Signed", de: "Unterschrieben", es: "Firmado"), words.moment(opinion.signedAt, in: zone)],
            [words("Version", de: "Fassung", es: "Versión"), "\(version.number)"],
        ]
    }

    private func signature(_ version: OpinionVersion) -> String {
        [version.expertName, version.expertTitle].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func section(_ heading: String, _ text: String, _ pdf: inout PDFDocument) {
        guard !text.isEmpty else { return }
        pdf.heading(heading, level: 2)
        pdf.paragraph(text)
    }

    /// How whoever holds the paper finds out whether it is genuine.
    private func proof(_ pdf: inout PDFDocument) throws {
        pdf.space(14)
        pdf.rule()
        pdf.heading(words("Is it genuine?", de: "Ist sie echt?", es: "¿Es auténtica?"), level: 2)
        // First, so that it stays with its heading on one page.
        pdf.code(try QRCode("\(checkingPage)?code=\(version.code.text)"))
        pdf.paragraph(
            words(
                "Anybody can check this opinion: scan the code, or enter it at",
                de:
                    "Jeder kann diese Stellungnahme prüfen: Scannen Sie den Code, oder geben Sie ihn ein unter",
                es: "Cualquiera puede comprobar esta opinión: escanee el código o escríbalo en") + " \(checkingPage)")
        pdf.paragraph(version.code.text, style: PDFTextStyle(size: 13, isBold: true))
        pdf.paragraph(
            words("SHA-256 of what was signed: ", de: "SHA-256 des Unterschriebenen: ", es: "SHA-256 de lo firmado: ")
                + version.digest, style: PDFTextStyle(size: 8, gray: 0.35))
    }
}
