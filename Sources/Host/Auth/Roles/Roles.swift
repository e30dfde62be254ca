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

    /// Takes a role from an account at one branch, or where it holds everywhere.
    ///
    /// - Returns: false when the account does not have it there.
    static func revoke(
        _ role: HeldRole, from person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let removed = try host.run(
            """
            DELETE FROM portico_person_role WHERE person_id = \(person) AND plugin = \(role.plugin)
            AND role = \(role.role) AND branch = \(role.branch ?? "")
            """)
        guard removed > 0 else { return false }
        try announce("role.revoked", role.role, role.plugin, person, branch: role.branch, origin, host)
        return true
    }

    /// The roles an account has, in every plugin.
    static func held(by person: PersonID, _ tables: some Queries) throws(StoreError) -> [HeldRole] {
        try tables.all(
            """
            SELECT held.plugin, held.role, held.branch, own.allows FROM portico_person_role AS held
            LEFT JOIN portico_role AS own ON held.plugin = \(TenantRoles.owner) AND own.name = held.role
            WHERE held.person_id = \(person) ORDER BY 1, 2, 3
            """, as: HeldRole.self)
    }

    /// The active accounts that have a role of a plugin everywhere, and where a branch is named those who have it there.
    static func holders(
        of role: String, in plugin: String, branch: String?, upTo most: Int, _ tables: some Queries
    ) throws(StoreError) -> [PersonID] {
        try tables.values(
            """
            SELECT DISTINCT held.person_id FROM portico_person_role AS held
            JOIN portico_person AS person ON person.id = held.person_id
            WHERE held.plugin = \(plugin) AND held.role = \(role) AND held.branch IN ('', \(branch ?? ""))
            AND person.state = 'active' ORDER BY 1 LIMIT \(max(0, most))
            """, as: PersonID.self)
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
    /// What a role allows that the tenant has made itself; of a plugin's role its manifest says that.
    let allows: [TenantAllowance]

    init(plugin: String, role: String, branch: String? = nil, allows: [TenantAllowance] = []) {
        self.plugin = plugin
        self.role = role
        self.branch = branch
        self.allows = allows
    }

    init(row: borrowing Row) throws(StoreError) {
        plugin = try row.get("plugin")
        role = try row.get("role")
        let branch: String = try row.get("branch")
        self.branch = branch.isEmpty ? nil : branch
        allows =
            try row.get("allows", as: String?.self).map { text throws(StoreError) in
                try TenantRole.allows(text: text)
            } ?? []
    }
}
