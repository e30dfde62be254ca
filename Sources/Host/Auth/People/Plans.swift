import PluginAPI

/// What each person has bought.
enum Plans {
    static let migration = Migration(
        "000-plan",
        """
        ALTER TABLE portico_person ADD COLUMN plan TEXT NOT NULL DEFAULT 'free'
            CHECK (plan IN ('free', 'standard', 'premium'));
        """)

    /// A person's plan; nil when there is no such account.
    static func plan(of id: PersonID, _ tables: some Queries) throws(StoreError) -> Plan? {
        try tables.value("SELECT plan FROM portico_person WHERE id = \(id)", as: Plan.self)
    }

    /// Changes a person's plan, at once.
    static func set(_ plan: Plan, of id: PersonID, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        let changed = try host.run("UPDATE portico_person SET plan = \(plan) WHERE id = \(id) AND plan <> \(plan)")
        guard changed > 0 else { return }
        AuthChange.announce(host)
        let details: JSON = ["plan": .string(plan.rawValue)]
        try AuditTable.append(AuditEntry("person.plan", on: People.subject(id), details: details), origin, host)
    }
}
