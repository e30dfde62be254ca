import PluginAPI

extension People {
    /// Makes an account.
    ///
    /// - Throws: ``StoreError`` of kind `.unique` when an identifier is another account's.
    static func add(_ person: PersonChange, _ origin: Origin, _ host: HostWriter) throws(StoreError) -> PersonID {
        try add(person, username: nil, id: newID(at: origin.now), origin, host)
    }

    /// Makes an account that also has a user name.
    ///
    /// - Throws: ``StoreError`` of kind `.unique` when an identifier is another account's.
    static func add(
        givenName: String, familyName: String, email: Email? = nil, phone: Phone? = nil, username: Username? = nil,
        language: Language? = nil, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> PersonID {
        var person = PersonChange()
        person.givenName = .set(givenName)
        person.familyName = .set(familyName)
        if let email { person.email = .set(email) }
        if let phone { person.phone = .set(phone) }
        if let language { person.language = .set(language) }
        return try add(person, username: username, id: newID(at: origin.now), origin, host)
    }

    /// An id for an account that is about to be made.
    static func newID(at now: Instant) -> PersonID { PersonID(rawValue: Identifier.make("usr", at: now)) }

    /// Makes an account under an id from ``newID(at:)``.
    @discardableResult
    static func add(
        _ person: PersonChange, username: Username?, id: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> PersonID {
        try host.run(
            """
            INSERT INTO portico_person (id, given_name, family_name, language, created_at)
            VALUES (\(id), \(person.givenName.applied(to: nil) ?? ""), \(person.familyName.applied(to: nil) ?? ""),
                \(person.language.applied(to: nil)?.tag), \(origin.now.microseconds))
            """)
        try set(.email, of: id, person.email.applied(to: nil)?.text, host)
        try set(.phone, of: id, person.phone.applied(to: nil)?.text, host)
        try set(.username, of: id, username?.text, host)
        try AuditTable.append(AuditEntry("person.added", on: subject(id)), origin, host)
        return id
    }

    /// Changes an account; a new phone number or address counts as unproven. Nothing happens when there is no such
    /// account.
    ///
    /// - Throws: ``StoreError`` of kind `.unique` when a phone number or e-mail address is another account's.
    static func change(
        _ id: PersonID, _ change: PersonChange, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        guard try state(of: id, host) != nil else { return }
        var changed: [JSON] = []
        func note<Value>(_ name: String, _ change: Change<Value>) -> Bool {
            if case .keep = change { return false }
            changed.append(.string(name))
            return true
        }
        if note("givenName", change.givenName) {
            try host.run(
                "UPDATE portico_person SET given_name = \(change.givenName.applied(to: nil) ?? "") WHERE id = \(id)")
        }
        if note("familyName", change.familyName) {
            try host.run(
                "UPDATE portico_person SET family_name = \(change.familyName.applied(to: nil) ?? "") WHERE id = \(id)")
        }
        if note("language", change.language) {
            try host.run(
                "UPDATE portico_person SET language = \(change.language.applied(to: nil)?.tag) WHERE id = \(id)")
        }
        if note("email", change.email) {
            let email = change.email.applied(to: nil)
            // A link on its way to the old address would open the account to whoever reads that.
            if try person(id, host)?.email != email { try AccountLinks.withdrawAll(of: id, host) }
            try set(.email, of: id, email?.text, host)
        }
        if note("phone", change.phone) { try set(.phone, of: id, change.phone.applied(to: nil)?.text, host) }
        guard !changed.isEmpty else { return }
        let details: JSON = ["fields": .array(changed)]
        try AuditTable.append(AuditEntry("person.changed", on: subject(id), details: details), origin, host)
    }

    /// Closes an account to its person, or opens it again, at once.
    static func setState(
        _ state: PersonState, of id: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let changed = try host.run(
            "UPDATE portico_person SET state = \(state) WHERE id = \(id) AND state <> \(state)")
        guard changed > 0 else { return }
        AuthChange.announce(host)
        try AuditTable.append(AuditEntry("person.\(state.rawValue)", on: subject(id)), origin, host)
    }

    /// Notes that a person has shown to hold an identifier; the first time counts.
    static func markVerified(
        _ kind: IdentifierKind, of id: PersonID, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            UPDATE portico_identifier SET verified_at = \(now.microseconds)
            WHERE person_id = \(id) AND kind = \(kind) AND verified_at IS NULL
            """)
    }

    /// Gives an account its only identifier of a kind, or none. The one it has already stays proven.
    private static func set(
        _ kind: IdentifierKind, of id: PersonID, _ value: String?, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_identifier WHERE person_id = \(id) AND kind = \(kind) AND value IS NOT \(value)
            """)
        guard let value else { return }
        try host.run(
            """
            INSERT INTO portico_identifier (kind, value, person_id) SELECT \(kind), \(value), \(id)
            WHERE NOT EXISTS (
                SELECT 1 FROM portico_identifier WHERE kind = \(kind) AND value = \(value) AND person_id = \(id))
            """)
    }

    static func subject(_ id: PersonID) -> Subject { Subject("person", id: id.rawValue, owner: id) }
}
