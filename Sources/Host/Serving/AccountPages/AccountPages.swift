import PluginAPI

/// The host's own pages about a person's account: signing in and out, passwords and addresses by mailed links, what
/// protects the account, and where it is signed in. They work without scripts; whatever changes something is a form that
/// carries the host's token.
enum AccountPages {
    static let signInPath = "/sign-in"

    /// - Parameter table: where the limits of the pages are counted.
    static func routes(in table: LimitTable) -> [HostRoute] {
        func plan(_ name: String, _ own: [RateLimit]) -> LimitPlan {
            LimitPlan(general: [], own: own, name: name, in: table)
        }
        let pages = plan("account-pages", [RateLimit(per: .address, [.init(300, each: .seconds(60))])])
        let texts = plan("page-sign-in", SignInLimits.ofPages)
        let passwords = plan("page-passwords", SignInLimits.ofPagePasswords)
        let links = plan("page-links", SignInLimits.ofPageLinks)
        let protection = plan("page-protection", SignInLimits.ofProtection)
        return [
            HostRoute(.get, signInPath, kind: .page, limits: pages, SignInPage.show),
            HostRoute(.post, signInPath + "/password", kind: .form, limits: passwords, SignInPage.provePassword),
            HostRoute(.post, signInPath + "/factor", kind: .form, limits: passwords, SignInPage.proveFactor),
            HostRoute(.post, signInPath + "/code", kind: .form, limits: texts, SignInPage.requestCode),
            HostRoute(.post, signInPath + "/phone", kind: .form, limits: texts, SignInPage.provePhone),
            HostRoute(.get, "/sign-out", kind: .page, limits: pages, SignOutPage.show),
            HostRoute(.post, "/sign-out", kind: .form, limits: pages, SignOutPage.signOut),
            HostRoute(.get, "/forgot-password", kind: .page, limits: pages, ForgotPasswordPage.show),
            HostRoute(.post, "/forgot-password", kind: .form, limits: links, ForgotPasswordPage.ask),
            HostRoute(.get, "/verify-email", kind: .page, limits: pages, VerifyEmailPage.show),
            HostRoute(.post, "/verify-email", kind: .form, limits: passwords, VerifyEmailPage.confirm),
            HostRoute(.get, "/me/sessions", kind: .page, limits: pages, SessionsPage.show),
            HostRoute(.post, "/me/sessions/{id}/end", kind: .form, limits: pages, SessionsPage.end),
            HostRoute(.post, "/me/sessions/end-others", kind: .form, limits: pages, SessionsPage.endOthers),
            HostRoute(.get, "/me/security", kind: .page, limits: pages, SecurityPage.show),
            HostRoute(.post, "/me/security/email", kind: .form, limits: protection, SecurityPage.confirmEmail),
            HostRoute(.post, "/me/security/password", kind: .form, limits: protection, SecurityPage.changePassword),
            HostRoute(.post, "/me/security/authenticator", kind: .form, limits: protection, SecurityPage.enrol),
            HostRoute(.post, "/me/security/authenticator/prove", kind: .form, limits: protection, SecurityPage.prove),
            HostRoute(
                .post, "/me/security/authenticator/off", kind: .form, limits: protection, SecurityPage.switchOff),
            HostRoute(
                .post, "/me/security/recovery-codes", kind: .form, limits: protection, SecurityPage.renewCodes),
        ]
            + [LinkPurpose.reset, .invite].flatMap { purpose in
                [
                    HostRoute(.get, purpose.page, kind: .page, limits: pages, PasswordLinkPage.show(purpose)),
                    HostRoute(.post, purpose.page, kind: .form, limits: passwords, PasswordLinkPage.set(purpose)),
                ]
            }
    }
}
