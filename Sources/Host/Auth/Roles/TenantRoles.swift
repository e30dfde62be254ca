import PluginAPI

/// The roles that a tenant has made for itself from the permissions that its plugins declare: data, not code.
enum TenantRoles {
    /// Whose roles they are, where a plugin's id stands otherwise; no plugin has this id.
    static let owner = "tenant"
    /// A tenant has at most so many.
    static let limit = 200

    static let migration = Migration(
        "000-auth-8-roles",
        """
        CREATE TABLE portico_role (
            name TEXT PRIMARY KEY,
            summary TEXT NOT NULL,
            allows TEXT NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """)

    static func all(_ tables: some Queries) throws(StoreError) -> [TenantRole] {
        try tables.all("SELECT * FROM portico_role ORDER BY name", as: TenantRole.self)
    }

    static func role(_ name: String, _ tables: some Queries) throws(StoreError) -> TenantRole? {
        try tables.first("SELECT * FROM portico_role WHERE name = \(name)", as: TenantRole.self)
    }

    /// Makes a role, or another of what it was; whoever has it holds what it allows now, at once.
    static func put(_ role: TenantRole, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        let before = try self.role(role.name, host)
        guard before != role else { return }
        try host.run(
            """
            INSERT INTO portico_role (name, summary, allows, changed_at)
            VALUES (\(role.name), \(role.summary), \(role.allowsText), \(origin.now.microseconds))
            ON CONFLICT (name) DO UPDATE SET summary = excluded.summary, allows = excluded.allows,
                changed_at = excluded.changed_at
            """)
        AuthChange.announce(host)
        try AuditTable.append(
            AuditEntry(
                before == nil ? "tenant-role.added" : "tenant-role.changed", on: Subject("role", id: role.name),
                before: before?.allowsTree ?? .null, after: role.allowsTree), origin, host)
    }

    /// Removes a role.
    ///
    /// - Returns: false when there is none, or somebody has it.
    static func remove(_ name: String, _ origin: Origin, _ host: HostWriter) throws(StoreError) -> Bool {
        guard let before = try role(name, host), try holders(of: name, host) == 0 else { return false }
        try host.run("DELETE FROM portico_role WHERE name = \(name)")
        try AuditTable.append(
            AuditEntry("tenant-role.removed", on: Subject("role", id: name), before: before.allowsTree, after: .null),
            origin, host)
        return true
    }

    /// How many people have a role.
    static func holders(of name: String, _ tables: some Queries) throws(StoreError) -> Int {
        try tables.value(
            """
            SELECT COUNT(DISTINCT person_id) FROM portico_person_role WHERE plugin = \(owner) AND role = \(name)
            """, as: Int.self) ?? 0
    }
}

/// One permission of one plugin that a tenant's role allows, and how far.
struct TenantAllowance: Described, Equatable {
    var plugin: String
    /// `read:appointments`
    var permission: String
    var scope: Scope

    static let schema = Schema.object(
        Self.init(plugin:permission:scope:),
        Field("plugin", \.plugin, .string(1...40), note: "Whose permission it is."),
        Field("permission", \.permission, .string(3...100), note: "As the catalogue lists it, or with *."),
        Field("scope", \.scope, .oneOf, note: "How far it reaches."))
}

/// A role that the tenant has made.
struct TenantRole: Record, Equatable {
    let name: String
    let summary: String
    let allows: [TenantAllowance]

    init(name: String, summary: String, allows: [TenantAllowance]) {
        self.name = name
        self.summary = summary
        self.allows = allows
    }

    init(row: borrowing Row) throws(StoreError) {
        name = try row.get("name")
        summary = try row.get("summary")
        allows = try Self.allows(text: row.get("allows"))
    }

    /// What stands in the column.
    var allowsText: String { String(decoding: [TenantAllowance].schema.encode(allows), as: UTF8.self) }
    /// The same, for the audit log.
    var allowsTree: JSON {
        .array(allows.map { .string("\($0.plugin) \($0.permission) \($0.scope.rawValue)") })
    }

    static func allows(text: String) throws(StoreError) -> [TenantAllowance] {
        guard let document = try? JSONDocument(Array(text.utf8)),
            let allows = try? [TenantAllowance].schema.decode(.json(document.root))
        else { throw StoreError(.mismatch, "a tenant's role does not say what it allows") }
        return allows
    }
}
