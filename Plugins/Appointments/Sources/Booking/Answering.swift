internal import PluginAPI

extension Appointments {
    /// Words that mean yes, in the languages of the plugin's messages and some more.
    private static let yes: Set<String> = ["1", "yes", "y", "ok", "ja", "j", "oui", "si", "sí"]

    /// Somebody answered by a text message: with a yes they say that they come to their next visit that is confirmed and that
    /// they have not said it of. Anything else is left to people.
    func answered(_ message: TextReceived, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        let word = message.text.lowercased().filter { !$0.isWhitespace && $0 != "." && $0 != "!" }
        guard Self.yes.contains(word) else { return }
        let next: AppointmentRow? = try tx.first(
            AppointmentRow.select
                + """
                WHERE a.person_id = \(message.person) AND a.state = \(AppointmentState.confirmed)
                AND a.start_at > \(tx.now.microseconds) AND a.attendance_at IS NULL ORDER BY a.start_at LIMIT 1
                """)
        guard let next else { return }
        _ = try attend(next, tx)
    }
}
