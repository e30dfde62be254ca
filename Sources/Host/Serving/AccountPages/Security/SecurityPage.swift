import HTTPServer
import PluginAPI

/// Where a person sees and changes what protects their account: address, password, second factor.
enum SecurityPage {
    /// `GET /me/security?notice=`
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        let notice = PageNotice(call)
        let said = notice.map { notice -> Said in
            let text = call.say(notice.phrase)
            return notice == .factorDemanded ? .wrong(text) : .done(text)
        }
        return try await page(call, said)
    }

    /// Which form is shown again with what was wrong in it.
    enum Part: Sendable { case password, codes, off }

    /// The page.
    ///
    /// - Parameter part: what `said` is about; the whole page when nil.
    static func page(
        _ call: HostCall, _ said: Said? = nil, about part: Part? = nil, status: Int = 200
    ) async throws -> Response {
        let (facts, session) = try call.signedIn()
        let state = try await call.runtime.auth.protection(of: facts.person, slot: call.slot)
        let token = call.tokenField(for: .session(session))
        return call.account(
            .security, said, status: status,
            """
            <section aria-labelledby="email">
            <h2 id="email">\(call.say(.email))</h2>
            \(email(call, state, token))
            </section>
            <section aria-labelledby="pass">
            <h2 id="pass">\(call.say(.password))</h2>
            \(password(call, state, token, part == .password ? said : nil))
            </section>
            <section aria-labelledby="factor">
            <h2 id="factor">\(call.say(.factor))</h2>
            \(factor(call, state, token, part, said))
            </section>
            <nav aria-label="\(call.say(.security))">
            <p><a href="/me/sessions">\(call.say(.sessions))</a></p>
            <p><a href="/sign-out">\(call.say(.signOut))</a></p>
            </nav>
            """)
    }

    private static func email(_ call: HostCall, _ state: TenantAuth.Protection, _ token: HTML) -> HTML {
        guard let email = state.email?.text else { return "<p>\(call.say(.emailNone))</p>" }
        guard !state.isEmailProven else { return "<p>\(call.say(.emailProven(email)))</p>" }
        return """
            <p>\(call.say(.emailUnproven(email)))</p>
            <form method="post" action="/me/security/email">\(token)
            <p><button class="quiet">\(call.say(.mailConfirmation))</button></p></form>
            """
    }

    private static func password(
        _ call: HostCall, _ state: TenantAuth.Protection, _ token: HTML, _ said: Said?
    ) -> HTML {
        guard state.hasPassword else {
            return """
                <p>\(call.say(.passwordNone)) <a href="/forgot-password">\(call.say(.forgotTitle))</a></p>
                """
        }
        return """
            <form method="post" action="/me/security/password">\(token)
            <p><label for="current">\(call.say(.currentPassword))</label>
            <input id="current" name="current" type="password" autocomplete="current-password" required \
            maxlength="1024"\(said.field)></p>
            \(NewPasswordFields.html(call, said))
            <p><button>\(call.say(.changePassword))</button></p></form>
            """
    }

    private static func factor(
        _ call: HostCall, _ state: TenantAuth.Protection, _ token: HTML, _ part: Part?, _ said: Said?
    ) -> HTML {
        guard state.factor.isOn else {
            return """
                <p>\(call.say(.factorOff))</p>
                <form method="post" action="/me/security/authenticator">\(token)
                <p><button>\(call.say(.setUp))</button></p></form>
                """
        }
        func form(_ path: String, _ id: String, _ button: Phrase, _ isWrong: Bool) -> HTML {
            """
            <h3 id="\(id)-title">\(call.say(button))</h3>
            <form method="post" action="\(path)" aria-labelledby="\(id)-title">\(token)
            <p><label for="\(id)">\(call.say(.codeNeeded))</label>
            <input id="\(id)" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required \
            maxlength="64"\(isWrong ? said.field : "")></p>
            <p><button class="quiet">\(call.say(button))</button></p></form>
            """
        }
        return """
            <p>\(call.say(.factorOn(state.factor.recoveryCodesLeft)))</p>
            \(form("/me/security/recovery-codes", "code-new", .renewCodes, part == .codes))
            \(form("/me/security/authenticator/off", "code-off", .switchOff, part == .off))
            """
    }
}
