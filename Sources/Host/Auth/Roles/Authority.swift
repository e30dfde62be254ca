import PluginAPI

/// What somebody may hand on and whom they may touch: nobody gives, takes or overrules more than they hold.
struct Authority {
    private let definitions: [PluginDefinition]
    private let grants: [(plugin: String, grants: [Grant])]
    private let isUnbounded: Bool

    /// - Parameters:
    ///   - principal: the caller, as the host's own API sees them. Without a session, as with a key for programs, nothing
    ///     but what the principal itself holds counts.
    ///   - definitions: the enabled plugins.
    init(_ principal: Principal, _ definitions: [PluginDefinition], _ tables: some Queries) throws(StoreError) {
        self.definitions = definitions
        let held = principal.session == nil ? [] : try Roles.held(by: principal.person, tables)
        grants = definitions.map { plugin in
            (
                plugin.id,
                plugin.isHost
                    ? principal.grants
                    : Roles.grants(
                        held, of: principal.person, in: plugin, methods: principal.methods, demand: .nobody)
            )
        }
        isUnbounded = principal.reach(of: .grantRoles) == .tenant
    }

    /// Whether everything that a role allows is held.
    func covers(_ role: HeldRole) -> Bool {
        if isUnbounded { return true }
        // Any person will do: whose own things they are makes no difference to how much it is.
        let anybody = PersonID(rawValue: "")
        return definitions.allSatisfy { plugin in
            let wanted = Roles.grants(
                [role], of: anybody, in: plugin, among: definitions, methods: [SignInMethod.password],
                demand: .nobody)
            let mine = grants.first { $0.plugin == plugin.id }?.grants ?? []
            return wanted.allSatisfy { wanted in
                mine.contains {
                    $0.permission.covers(wanted.permission) && Self.contains($0.reach, wanted.reach)
                }
            }
        }
    }

    /// Whether everything that a person's roles allow is held, so that this person may be changed or shut out.
    func covers(everythingOf person: PersonID, _ tables: some Queries) throws(StoreError) -> Bool {
        if isUnbounded { return true }
        return try Roles.held(by: person, tables).allSatisfy { covers($0) }
    }

    /// Whether one reach is at least as wide as another.
    private static func contains(_ mine: Reach, _ wanted: Reach) -> Bool {
        switch (mine, wanted) {
        case (.tenant, _), (_, .own): true
        case (.branches(let mine), .branches(let wanted)): wanted.isSubset(of: mine)
        case (.branches, .assigned), (.assigned, .assigned): true
        default: false
        }
    }
}
