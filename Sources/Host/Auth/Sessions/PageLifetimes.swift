import PluginAPI

/// How long a session lasts that pages use.
struct PageLifetimes: Equatable, Sendable {
    /// Without use, in seconds.
    let idle: Int
    /// From the sign-in, in seconds.
    let absolute: Int
    /// How long the browser keeps the cookie, in seconds; nil until it is closed.
    let cookie: Int?

    /// A sign-in that is not to be remembered lasts no longer than a day (contract §3), and two hours without use.
    static let unremembered = (idle: 7200, absolute: 86_400)

    init(_ settings: AuthSettings, isRemembered: Bool) {
        absolute = isRemembered ? settings.pageMaxSeconds : min(settings.pageMaxSeconds, Self.unremembered.absolute)
        idle = min(
            isRemembered ? settings.pageIdleSeconds : min(settings.pageIdleSeconds, Self.unremembered.idle), absolute)
        cookie = isRemembered ? absolute : nil
    }

    /// A use is noted only so long after the one noted before, in seconds: five minutes, and less where that would be a
    /// large part of the idle time. A session may end this much early, since its very last use may not have been noted.
    static func noting(idle: Int) -> Int { min(LastUses.every, max(1, idle / 10)) }
}
