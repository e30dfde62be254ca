import PluginAPI

/// Whose roles a tenant grants only to sessions that were proven by more than one factor.
enum SecondFactorDemand: String, Sendable, CaseIterable {
    case nobody
    /// Roles that a texted code is not enough for.
    case staff
    case everybody
}

extension Role {
    /// Whether a session made this way holds the role where the tenant demands so much.
    func isSatisfied(by methods: Set<String>, demand: SecondFactorDemand) -> Bool {
        needs.isSatisfied(by: methods, demand: demand)
    }
}

extension Role.Proof {
    /// Whether a session made this way is enough where the tenant demands so much.
    func isSatisfied(by methods: Set<String>, demand: SecondFactorDemand) -> Bool {
        let isDemanded =
            switch demand {
            case .nobody: false
            case .staff: self == .passwordOrFederated
            case .everybody: true
            }
        return isSatisfied(by: methods) && (!isDemanded || methods.contains(SignInMethod.multipleFactors))
    }
}
