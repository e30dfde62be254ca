import PluginAPI

/// What holds for every sign-in by texted code, counted before any work (contract §3, §4).
enum SignInLimits {
    /// Of every step.
    static let each = [RateLimit(per: .address, [.init(60, each: .seconds(60)), .init(600, each: .seconds(3600))])]
    /// Of the steps that name a phone number, too.
    static let ofPhone = [
        RateLimit(per: .field("phone"), [.init(10, each: .seconds(60)), .init(60, each: .seconds(3600))])
    ]
    static var all: [RateLimit] { each + ofPhone }
}
