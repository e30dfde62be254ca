internal import Documents
internal import PluginAPI

extension Appointments {
    /// `GET /api/customer/appointments/{id}/confirmation`, `GET /portal/appointments/{id}/confirmation`
    func confirmation(_ named: AppointmentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Content
    {
        guard let row = try tx.appointment(named.id), row.state != .held else { throw Problem.notFound }
        let calendar = VisitCalendar(tenant: call.tenant, branches: try tx.branchesByID()).file(of: row)
        return Content(.bytes(calendar.bytes), mediaType: calendar.contentType, fileName: "appointment.ics")
    }
}

extension Reading where Self: ~Copyable {
    /// All branches, those out of use too, by id.
    borrowing func branchesByID() throws(StoreError) -> [String: BranchRow] {
        let rows: [BranchRow] = try all("SELECT * FROM appointments_branch")
        return Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
