import HTTPServer
import PluginAPI

/// Where the link of a letter leads that proves an e-mail address. Opening it changes nothing; the form does.
enum VerifyEmailPage {
    /// `GET /verify-email?token=`
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        let token = call.query.first { $0.name == "token" }?.value ?? ""
        return token.isEmpty ? spent(call) : form(token, call)
    }

    /// `POST /verify-email`
    @Sendable static func confirm(_ call: HostCall) async throws -> Response {
        let sent = try FormBody(call)
        let token = sent["token"]
        guard call.isMeant(sent) else { return form(token, call, .wrong(call.say(.stale)), status: 403) }
        let auth = call.runtime.auth
        guard let link = LinkToken(token, .verify, auth.tenantKeys) else { return spent(call) }
        do {
            try await auth.verifyEmail(byLink: link, origin: call.origin)
        } catch let problem as Problem where problem.status == 401 {
            return spent(call)
        }
        let place = call.session?.session == nil ? "/sign-in" : "/me/security"
        return call.redirect(to: "\(place)?notice=\(PageNotice.emailConfirmed.rawValue)")
    }

    private static func form(
        _ token: String, _ call: HostCall, _ said: Said? = nil, status: Int = 200
    ) -> Response {
        let forms = VisitorForms(call)
        return forms.answer(
            call.account(
                .confirmTitle, said, status: status, referrer: LinkPage.referrer,
                """
                <p>\(call.say(.confirmHelp))</p>
                <form method="post" action="/verify-email">
                \(.hidden("token", token))\(forms.token)
                <p><button>\(call.say(.confirm))</button></p>
                </form>
                """))
    }

    private static func spent(_ call: HostCall) -> Response {
        call.account(
            .confirmTitle, .wrong(call.say(.badLink)), status: 401, referrer: LinkPage.referrer,
            "<p><a href=\"/me/security\">\(call.say(.askAgain))</a></p>")
    }
}
