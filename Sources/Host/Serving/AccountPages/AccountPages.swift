import PluginAPI

/// The host's own pages about a person's account: signing in and out, and where they are signed in. They work without
/// scripts; whatever changes something is a form that carries the host's token.
enum AccountPages {
    static let signInPath = "/sign-in"

    /// - Parameter table: where the limits of the sign-in are counted.
    static func routes(in table: LimitTable) -> [HostRoute] {
        let asking = LimitPlan(general: [], own: SignInLimits.ofPages, name: "page-sign-in", in: table)
        let pages = LimitPlan(
            general: [], own: [RateLimit(per: .address, [.init(300, each: .seconds(60))])], name: "account-pages",
            in: table)
        return [
            HostRoute(.get, signInPath, kind: .page, limits: pages, SignInPage.show),
            HostRoute(.post, signInPath + "/code", kind: .form, limits: asking, SignInPage.requestCode),
            HostRoute(.post, signInPath + "/phone", kind: .form, limits: asking, SignInPage.provePhone),
            HostRoute(.get, "/sign-out", kind: .page, limits: pages, SignOutPage.show),
            HostRoute(.post, "/sign-out", kind: .form, limits: pages, SignOutPage.signOut),
            HostRoute(.get, "/me/sessions", kind: .page, limits: pages, SessionsPage.show),
            HostRoute(.post, "/me/sessions/{id}/end", kind: .form, limits: pages, SessionsPage.end),
            HostRoute(.post, "/me/sessions/end-others", kind: .form, limits: pages, SessionsPage.endOthers),
        ]
    }
}
