import PluginAPI

/// What the host's own API refuses beyond what every route can.
enum HostRefusal: Refusal {
    case beyondAuthority, lastAdministrator, oneself, anotherAccounts, roleInUse, tooManyRoles, notInvited,
        ownSecondFactor

    var problem: Problem {
        switch self {
        case .beyondAuthority:
            Problem(403, "INSUFFICIENT_PERMISSIONS", "This takes more than your own roles allow.")
        case .lastAdministrator:
            .conflict("LAST_ADMINISTRATOR", "Nobody would be left who runs this portal.")
        case .oneself: .conflict("NOT_ONESELF", "Nobody shuts themselves out.")
        case .anotherAccounts: .duplicate("Another account has this address, number or name.")
        case .roleInUse: .conflict("ROLE_IN_USE", "Somebody has this role.")
        case .notInvited:
            .conflict(
                "NOT_INVITED", "The account is suspended, has no e-mail address, or was sent a link a minute ago.")
        case .ownSecondFactor:
            .conflict("NOT_ONESELF", "One's own second factor is taken off at me/2fa/disable, for a code of it.")
        case .tooManyRoles: .conflict("TOO_MANY_ROLES", "There are as many roles as there can be.")
        }
    }

    /// The same refusal of an act that matters: who tried it is kept.
    func audited(_ action: String, on subject: Subject, details: JSON = [:]) -> AuditedRefusal {
        problem.audited(action, on: subject, details: details)
    }
}
