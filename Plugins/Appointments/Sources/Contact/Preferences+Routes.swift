internal import PluginAPI

/// How a customer wants to be reached: a view of what the host keeps for all plugins.
extension Appointments {
    /// `GET /api/customer/preferences`
    func contactPreferences(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ContactPreferences {
        ContactPreferences(try tx.preferences(of: call.caller.id) ?? Preferences(), of: call.tenant)
    }

    /// `PUT /api/customer/preferences`
    func changeContactPreferences(_ wanted: ContactPreferences, _ tx: borrowing Transaction, _ call: Call<Member>)
        throws
        -> ContactPreferences
    {
        guard let before = try tx.preferences(of: call.caller.id) else { throw Problem.notFound }
        try tx.set(preferences: wanted.applied(to: before, of: call.tenant), of: call.caller.id)
        try tx.audit(
            AuditEntry(
                "preferences.changed",
                on: Subject("preferences", id: call.caller.id.rawValue, owner: call.caller.id)))
        return ContactPreferences(try tx.preferences(of: call.caller.id) ?? Preferences(), of: call.tenant)
    }
}
