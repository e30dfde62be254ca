internal import PluginAPI

/// Why a profile is not changed.
enum ProfileRefusal: Refusal {
    case anotherAccounts

    var problem: Problem {
        switch self {
        case .anotherAccounts: .duplicate("Another account has this phone number or e-mail address.")
        }
    }
}
