internal import Documents
internal import PluginAPI

extension Appointments {
    /// `GET /api/customer/appointments/{id}/confirmation`, `GET /portal/appointments/{id}/confirmation`: a calendar file, or a
    /// PDF where that is asked for.
    func confirmation(_ asked: ConfirmationAsked, _ call: Call<Member>) async throws -> Content {
        let (tenant, language) = (call.tenant, call.language)
        let found = try await call.store.read { tx -> (AppointmentRow, [String: BranchRow], String) in
            guard let row = try tx.appointment(asked.id), row.state != .held else { throw Problem.notFound }
            return (row, try tx.branchesByID(), try tx.person(row.person)?.name ?? "")
        }
        let (row, branches, name) = found
        switch asked.chosen {
        case .ics:
            let calendar = VisitCalendar(tenant: tenant, branches: branches).file(of: row)
            return Content(.bytes(calendar.bytes), mediaType: calendar.contentType, fileName: "appointment.ics")
        case .pdf:
            let sheet = ConfirmationSheet(
                row: row, branch: branches[row.appointment.branchId], tenant: tenant, language: language, name: name)
            do {
                // Fonts are read, and their glyphs picked out: apart from the loop.
                let bytes = try await threads.run { try sheet.document.bytes(fonts: PDFFonts.system) }
                return Content(
                    .bytes(bytes), mediaType: "application/pdf", fileName: "appointment.pdf", isShown: true)
            } catch is PDFUnshowable {
                throw Problem(
                    406, "NOT_ACCEPTABLE",
                    "This visit has letters that the PDF cannot show. The calendar file can: ask with ?format=ics.")
            }
        }
    }

    /// The appointment that the route names, for deciding who may see it.
    func confirmationSubject(_ asked: ConfirmationAsked, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try tx.appointment(asked.id)?.subject
    }
}

/// The input of `GET …/{id}/confirmation`.
struct ConfirmationAsked: Described {
    let id: String
    let format: Format?
    let accept: String?

    /// What a confirmation can be.
    enum Format: String, CaseIterable, Sendable { case ics, pdf }

    /// What is asked for by name, else by what the client accepts: who wants a PDF names it, and no calendar.
    var chosen: Format {
        if let format { return format }
        let accepted = (accept ?? "").lowercased()
        return accepted.contains("application/pdf") && !accepted.contains("text/calendar") ? .pdf : .ics
    }

    static let schema = Schema<ConfirmationAsked>.object(
        ConfirmationAsked.init(id:format:accept:), Field("id", \.id, .string(1...64), in: .path),
        Field(
            "format", \.format, .optional(.oneOf), in: .query,
            note: "By what Accept names, if left out: application/pdf, or else a calendar file"),
        Field("accept", \.accept, .optional(.string(0...8000)), in: .header))
}

extension Reading where Self: ~Copyable {
    /// All branches, those out of use too, by id.
    borrowing func branchesByID() throws(StoreError) -> [String: BranchRow] {
        let rows: [BranchRow] = try all("SELECT * FROM appointments_branch")
        return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
