import PluginAPI

/// How often one may try to sign in, by the dialect's seed, counted before any work (contract §3, §4).
///
/// A whole clinic or company sits behind one address, so what a seed allows for one address is counted by the address and
/// the account's identifier, known or not, together; an address has a wider limit of its own. Strangers elsewhere do not
/// use up what an account's owner may try; what they try together is stopped by the lock, which counts over all addresses
/// and is looked at after this: where a seed allows no more than five tries, as seed 002 does, the sixth from one address
/// is answered 429 and the sixth from another one 423.
enum SignInLimits {
    /// What a step may be asked, by address and, where it names an account, by that.
    static func of(_ step: SignInStep, _ dialect: Dialect, _ names: SignInNames) -> [RateLimit] {
        let address = RateLimit(per: .address, byAddress(dialect))
        switch step {
        case .requestCode, .verifyCode:
            return [address, RateLimit(per: .field("phone"), [.init(10, each: minute), .init(60, each: hour)])]
        case .login: return [address, RateLimit(per: .field(names.identifier.rawValue), guesses(dialect))]
        case .forgotPassword: return [address, RateLimit(per: .field(names.identifier.rawValue), links)]
        case .register: return [address, RateLimit(per: .field("email"), links)]
        case .changePassword, .sendVerification: return [address, RateLimit(per: .person, links)]
        case .enableFactor, .disableFactor, .renewRecoveryCodes:
            return [address, RateLimit(per: .person, [.init(20, each: hour)])]
        case .refresh, .logout, .resetPassword, .verifyEmail, .acceptInvitation, .social, .verifyFactor:
            return [address]
        }
    }

    /// What the portal's own pages may be asked, by address and phone number.
    static let ofPages = of(.verifyCode, .problem, SignInNames(.problem))
    /// The same, by address and name.
    static let ofPagePasswords = of(.login, .bare, SignInNames(.bare))
    /// How often the pages mail a link, by address and by the name it is asked for.
    static let ofPageLinks = of(.forgotPassword, .problem, SignInNames(.problem))
    /// How often somebody signed in may change what protects their account.
    static let ofProtection = of(.enableFactor, .problem, SignInNames(.problem))

    /// What tries to sign in to an account are counted by.
    static func guess(_ identifier: String, from address: LimitKeyValue) -> String {
        switch address {
        case .ipv4(let number): "\(identifier) \(number)"
        case .ipv6(let number): "\(identifier) \(number)/64"
        case .text(let text): "\(identifier) \(text)"
        case .tenant: identifier
        }
    }

    private static let minute = Duration.seconds(60), hour = Duration.seconds(3600), day = Duration.seconds(86_400)

    private static let links: [RateLimit.Window] = [.init(5, each: hour), .init(20, each: day)]

    /// Of one address: seed 003 has 100 in a minute and 1000 in an hour, seed 004 60 in a minute.
    private static func byAddress(_ dialect: Dialect) -> [RateLimit.Window] {
        switch dialect {
        case .bare: [.init(100, each: minute), .init(1000, each: hour)]
        case .status: [.init(60, each: minute)]
        case .envelope, .clinic, .problem: [.init(60, each: minute), .init(600, each: hour)]
        }
    }

    /// Of one identifier at one address: seed 000 §10.1 has 10 in an hour and 50 in a day, seed 002 §3.1 has 5 in a quarter of an hour.
    private static func guesses(_ dialect: Dialect) -> [RateLimit.Window] {
        switch dialect {
        case .envelope: [.init(10, each: hour), .init(50, each: day)]
        case .clinic, .problem: [.init(5, each: .seconds(900))]
        case .bare, .status: [.init(10, each: minute), .init(60, each: hour)]
        }
    }
}
