internal import Documents
internal import PluginAPI

/// A visit on paper. It is for the customer alone, so it also names the service and who performs it.
struct ConfirmationSheet {
    let row: AppointmentRow
    let branch: BranchRow?
    let tenant: Tenant
    let language: Language
    let name: String

    private var isGerman: Bool { language.tag.hasPrefix("de") }
    private func say(_ english: String, _ german: String) -> String { isGerman ? german : english }

    var document: PDFDocument {
        let visit = row.appointment
        var pdf = PDFDocument(
            title: say("Your visit", "Ihr Termin"), author: tenant.name, language: isGerman ? "de" : "en",
            created: row.updatedAt)
        pdf.paragraph(tenant.name, style: PDFTextStyle(size: 10, gray: 0.35))
        pdf.heading(heading)
        pdf.table(
            PDFTable(
                columns: [PDFTable.Column("", share: 1), PDFTable.Column("", share: 3)],
                rows: [
                    [say("For", "Für"), name], [say("When", "Wann"), when],
                    [
                        say("Where", "Wo"),
                        [visit.branchName, branch?.address.line].compactMap { $0 }.joined(separator: "\n"),
                    ],
                    [say("What", "Was"), visit.serviceName], [say("With", "Bei"), visit.practitionerName],
                    [say("Number", "Nummer"), visit.id],
                ]))
        if let phone = branch?.phone {
            pdf.space(12)
            pdf.paragraph(say("If you cannot come, please call", "Wenn Sie verhindert sind: ") + " \(phone.text)")
        }
        return pdf
    }

    private var heading: String {
        switch row.state {
        case .requested: say("Your request for a visit", "Ihre Terminanfrage")
        case .cancelledByClinic, .cancelledByCustomer, .rescheduled: say("This visit is cancelled", "Termin abgesagt")
        case .held, .confirmed, .checkedIn, .inProgress, .completed, .noShow:
            say("Your visit is confirmed", "Ihr Termin ist bestätigt")
        }
    }

    private var when: String {
        let (start, zone) = (row.appointment.startTime, row.appointment.timeZone)
        return isGerman ? LocalText.german(start, in: zone) : LocalText.english(start, in: zone)
    }
}
