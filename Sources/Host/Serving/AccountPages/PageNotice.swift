import PluginAPI

/// What the page after a form says of it. Named in the address, so that nobody can make a page say something else.
enum PageNotice: String, Sendable, CaseIterable {
    case passwordSet = "password-set"
    case emailConfirmed = "email-confirmed"
    case confirmationSent = "confirmation-sent"
    case passwordChanged = "password-changed"
    case factorOff = "factor-off"
    case factorDemanded = "factor-demanded"

    /// The one that a request names.
    init?(_ call: HostCall) {
        guard let name = call.query.first(where: { $0.name == "notice" })?.value else { return nil }
        self.init(rawValue: name)
    }

    var phrase: Phrase {
        switch self {
        case .passwordSet: .passwordSet
        case .emailConfirmed: .confirmed
        case .confirmationSent: .confirmationSent
        case .passwordChanged: .passwordChanged
        case .factorOff: .switchedOff
        case .factorDemanded: .factorDemanded
        }
    }
}
