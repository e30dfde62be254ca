import HTTPServer
import PluginAPI

/// Where people ask for a link to set a new password with.
enum ForgotPasswordPage {
    /// `GET /forgot-password`
    @Sendable static func show(_ call: HostCall) async throws -> Response { form(call) }

    /// `POST /forgot-password`: mails a link; the answer is the same whether or not somebody has the name.
    @Sendable static func ask(_ call: HostCall) async throws -> Response {
        let sent = try FormBody(call)
        guard call.isMeant(sent) else { return form(call, .wrong(call.say(.stale)), status: 403) }
        guard let name = AccountName(typed: sent["name"]) else {
            return form(call, .wrong(call.say(.nameNeeded)), status: 400)
        }
        try call.count(name.text)
        try await call.runtime.auth.requestPasswordReset(of: name, origin: call.origin)
        return call.account(
            .forgotTitle, .done(call.say(.linkSent)), "<p><a href=\"/sign-in\">\(call.say(.toSignIn))</a></p>")
    }

    private static func form(_ call: HostCall, _ said: Said? = nil, status: Int = 200) -> Response {
        let forms = VisitorForms(call)
        return forms.answer(
            call.account(
                .forgotTitle, said, status: status,
                """
                <p>\(call.say(.forgotHelp))</p>
                <form method="post" action="/forgot-password">
                \(forms.token)
                <p><label for="name">\(call.say(.name))</label>
                <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required \
                maxlength="254"\(said.field)></p>
                <p><button>\(call.say(.mailLink))</button></p>
                </form>
                <p><a href="/sign-in">\(call.say(.toSignIn))</a></p>
                """))
    }
}
