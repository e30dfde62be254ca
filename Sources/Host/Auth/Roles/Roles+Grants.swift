import PluginAPI

/// How a session was made, by the words of RFC 8176.
enum SignInMethod {
    /// A code texted to a phone.
    static let sms = "sms"
    /// A password.
    static let password = "pwd"
    /// An identity provider's word; RFC 8176 has none for it, "fed" is what providers use.
    static let federated = "fed"
    /// A code of an authenticator.
    static let oneTimePassword = "otp"
    /// More than one factor.
    static let multipleFactors = "mfa"
}

extension Role {
    /// Whether a session made this way holds the role.
    func isSatisfied(by methods: Set<String>) -> Bool { needs.isSatisfied(by: methods) }
}

extension Role.Proof {
    /// Whether a session made this way is strong enough.
    func isSatisfied(by methods: Set<String>) -> Bool {
        switch self {
        case .any: !methods.isEmpty
        case .passwordOrFederated:
            methods.contains(SignInMethod.password) || methods.contains(SignInMethod.federated)
        }
    }
}

extension Roles {
    /// What the roles that a session holds grant in one plugin, each permission once at its widest reach.
    ///
    /// Only roles that the session's methods satisfy count: a texted code never yields what needs a password.
    ///
    /// - Parameters:
    ///   - others: the enabled plugins, whose roles may bring permissions of the host's own API.
    ///   - demand: for which roles the tenant wants a second factor.
    static func grants(
        _ held: [HeldRole], of person: PersonID, in plugin: PluginDefinition, among others: [PluginDefinition] = [],
        methods: Set<String>, demand: SecondFactorDemand
    ) -> [Grant] {
        var grants: [Grant] = []
        for one in held {
            for allowance in allowances(of: one, in: plugin, among: others, methods, demand) {
                let grant = Grant(allowance.permission, reach(of: allowance.scope, person, branch: one.branch))
                if let index = grants.firstIndex(where: { $0.permission == grant.permission }) {
                    grants[index] = Grant(grant.permission, widest(grants[index].reach, grant.reach))
                } else {
                    grants.append(grant)
                }
            }
        }
        return grants
    }

    /// What the roles that a session holds allow in one plugin of a person's own things, whatever else they allow.
    static func own(
        _ held: [HeldRole], in plugin: PluginDefinition, methods: Set<String>, demand: SecondFactorDemand
    ) -> [Permission] {
        var own: [Permission] = []
        for allowance in held.flatMap({ allowances(of: $0, in: plugin, among: [], methods, demand) })
        where allowance.scope == .own && !own.contains(allowance.permission) {
            own.append(allowance.permission)
        }
        return own
    }

    /// Whether a session's roles in one plugin are all of those that are limited by plan. Who also is staff is in no tier.
    static func areTiered(
        _ held: [HeldRole], in plugin: PluginDefinition, methods: Set<String>, demand: SecondFactorDemand
    ) -> Bool {
        let roles = held.filter { !allowances(of: $0, in: plugin, among: [], methods, demand).isEmpty }
        return !roles.isEmpty && roles.allSatisfy { $0.plugin == plugin.id && plugin.tiered.contains($0.role) }
    }

    /// What one role allows in a plugin.
    private static func allowances(
        of held: HeldRole, in plugin: PluginDefinition, among others: [PluginDefinition], _ methods: Set<String>,
        _ demand: SecondFactorDemand
    ) -> [Role.Allowance] {
        if held.plugin == plugin.id {
            guard let role = plugin.roles.first(where: { $0.name == held.role }),
                role.isSatisfied(by: methods, demand: demand)
            else { return [] }
            return role.allows
        }
        if held.plugin == TenantRoles.owner {
            guard Role.Proof.passwordOrFederated.isSatisfied(by: methods, demand: demand) else { return [] }
            return held.allows.filter { $0.plugin == plugin.id }.map {
                Role.Allowance(Permission($0.permission), $0.scope)
            }
        }
        // Who runs a plugin's whole business runs the tenant, unless the role is limited to a branch.
        guard plugin.isHost, held.branch == nil, let other = others.first(where: { $0.id == held.plugin }),
            let role = other.roles.first(where: { $0.name == held.role }), role.administersTenant,
            role.isSatisfied(by: methods, demand: demand)
        else { return [] }
        return Permission.administrators.map { Role.Allowance($0, .tenant) }
    }

    /// The role that a sign-in at a plugin is for: the asked one, or else another one that the methods satisfy.
    ///
    /// - Returns: nil when the session would hold no role of the plugin.
    static func role(
        _ asked: String, _ held: [HeldRole], in plugin: PluginDefinition, methods: Set<String>
    ) -> String? {
        let satisfied = plugin.roles.filter { role in
            role.isSatisfied(by: methods) && held.contains { $0.plugin == plugin.id && $0.role == role.name }
        }
        let own = held.first { one in
            one.plugin == TenantRoles.owner && one.allows.contains { $0.plugin == plugin.id }
                && Role.Proof.passwordOrFederated.isSatisfied(by: methods)
        }
        return (satisfied.first { $0.name == asked } ?? satisfied.first)?.name ?? own?.role
    }

    /// The first of these roles that the person has and the methods satisfy; no other role will do.
    static func role(
        among asked: [String], _ held: [HeldRole], in plugin: PluginDefinition, methods: Set<String>
    ) -> String? {
        asked.first { name in
            held.contains { $0.plugin == plugin.id && $0.role == name }
                && plugin.roles.contains { $0.name == name && $0.isSatisfied(by: methods) }
        }
    }

    /// The branch in which somebody has a role; nil is everywhere.
    static func branch(of role: String, _ held: [HeldRole], in plugin: PluginDefinition) -> String? {
        let places = held.filter { $0.plugin == plugin.id && $0.role == role }.map(\.branch)
        return places.contains(nil) ? nil : places.first ?? nil
    }

    private static func reach(of scope: Scope, _ person: PersonID, branch: String?) -> Reach {
        switch scope {
        case .tenant: .tenant
        case .branch: branch.map { .branches([$0]) } ?? .tenant
        case .assigned: .assigned(person)
        case .own: .own(person)
        }
    }

    private static func widest(_ one: Reach, _ other: Reach) -> Reach {
        if case .branches(let some) = one, case .branches(let more) = other { return .branches(some.union(more)) }
        return width(one) >= width(other) ? one : other
    }

    private static func width(_ reach: Reach) -> Int {
        switch reach {
        case .tenant: 3
        case .branches: 2
        case .assigned: 1
        case .own: 0
        }
    }
}
