import PluginAPI

/// Which roles people have in which plugin.
enum Roles {
    /// Gives an account a role, within a branch or everywhere; nothing changes when it has it already.
    static func grant(
        _ role: String, of plugin: String, to person: PersonID, branch: String?, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let added = try host.run(
            """
            INSERT INTO portico_person_role (person_id, plugin, role, branch)
            VALUES (\(person), \(plugin), \(role), \(branch ?? "")) ON CONFLICT DO NOTHING
            """)
        guard added > 0 else { return }
        try announce("role.granted", role, plugin, person, branch: branch, origin, host)
    }

    /// Takes a role from an account, at every branch and at once.
    static func revoke(
        _ role: String, of plugin: String, from person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        let removed = try host.run(
            """
            DELETE FROM portico_person_role
            WHERE person_id = \(person) AND plugin = \(plugin) AND role = \(role)
            """)
        guard removed > 0 else { return }
        try announce("role.revoked", role, plugin, person, branch: nil, origin, host)
    }

    /// The roles an account has, in every plugin.
    static func held(by person: PersonID, _ tables: some Queries) throws(StoreError) -> [HeldRole] {
        try tables.all(
            "SELECT plugin, role, branch FROM portico_person_role WHERE person_id = \(person) ORDER BY 1, 2, 3",
            as: HeldRole.self)
    }

    private static func announce(
        _ action: String, _ role: String, _ plugin: String, _ person: PersonID, branch: String?, _ origin: Origin,
        _ host: HostWriter
    ) throws(StoreError) {
        AuthChange.announce(host)
        var details: JSON.Members = ["plugin": .string(plugin), "role": .string(role)]
        if let branch { details["branch"] = .string(branch) }
        try AuditTable.append(
            AuditEntry(action, on: People.subject(person), details: .object(details)), origin, host)
    }
}

/// A role that an account has.
struct HeldRole: Record, Equatable {
    let plugin: String
    let role: String
    /// Where it holds; nil is everywhere.
    let branch: String?

    init(plugin: String, role: String, branch: String? = nil) {
        self.plugin = plugin
        self.role = role
        self.branch = branch
    }

    init(row: borrowing Row) throws(StoreError) {
        plugin = try row.get("plugin")
        role = try row.get("role")
        let branch: String = try row.get("branch")
        self.branch = branch.isEmpty ? nil : branch
    }
}
