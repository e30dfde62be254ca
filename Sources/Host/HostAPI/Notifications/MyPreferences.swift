import PluginAPI

extension Route<PorticoAPI> {
    static let changeNotifications = Route.patch(
        PorticoAPI.base + "/me/notifications", .transactional(PorticoAPI.changePreferences), needs: .member,
        "Changes what one wants to be told: a merge patch (RFC 7396) of the preferences.")
    static let getPreferences = Route.get(
        PorticoAPI.base + "/me/notifications/preferences", .reading(PorticoAPI.getPreferences), needs: .member,
        "What one wants to be told, how and when.")
    static let patchPreferences = Route.patch(
        PorticoAPI.base + "/me/notifications/preferences", .transactional(PorticoAPI.changePreferences),
        needs: .member, "Changes what one wants to be told: a merge patch (RFC 7396).")
    static let putPreferences = Route.put(
        PorticoAPI.base + "/me/notifications/preferences", .transactional(PorticoAPI.putPreferences), needs: .member,
        "Says all of what one wants to be told; what is left out is as by default.")
}

/// A merge patch of the preferences; the whole body.
struct PreferencesChange: Described {
    var patch: JSON

    static let schema = Schema<JSON>.openObject.converted(
        to: { PreferencesChange(patch: $0) }, from: { $0.patch }, allowed: "an object"
    ).wholeBody
}

/// All of the preferences; the whole body.
struct PreferencesPut: Described {
    var preferences: Preferences

    static let schema = Preferences.schema.converted(
        to: { PreferencesPut(preferences: $0) }, from: { $0.preferences }, allowed: "preferences"
    ).wholeBody
}

extension PorticoAPI {
    func getPreferences(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Preferences {
        let person = call.caller.id
        return try tx.host { tables in
            guard let preferences = try PreferencesTable.preferences(of: person, tables) else { throw Problem.notFound }
            return preferences
        }
    }

    func changePreferences(
        _ change: PreferencesChange, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> Preferences {
        let person = call.caller.id
        return try tx.host { tables, origin in
            guard let known = try PreferencesTable.preferences(of: person, tables) else { throw Problem.notFound }
            let whole = JSON(Preferences.schema, known).merged(with: change.patch)
            let wanted: Preferences
            do throws(Invalid) {
                guard let document = try? JSONDocument(Array(whole.text.utf8)) else { throw Invalid([]) }
                wanted = try Preferences.schema.decode(.json(document.root))
            } catch {
                // Offsets into a text that nobody wrote would only mislead.
                throw Problem.invalid(
                    error.mistakes.map { Mistake($0.path, Mistake.Code(rawValue: $0.code), $0.message) })
            }
            return try set(wanted, of: person, origin, tables)
        }
    }

    func putPreferences(
        _ put: PreferencesPut, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> Preferences {
        let person = call.caller.id
        return try tx.host { tables, origin in try set(put.preferences, of: person, origin, tables) }
    }

    private func set(
        _ preferences: Preferences, of person: PersonID, _ origin: Origin, _ tables: HostWriter
    ) throws -> Preferences {
        try PreferencesTable.set(preferences, of: person, origin, tables)
        return try PreferencesTable.preferences(of: person, tables) ?? preferences
    }
}
