import HTTPServer
import PluginAPI

/// The second step, behind a password or a texted code.
extension SignInPage {
    /// `POST /sign-in/factor`: completes a sign-in with a code of the second factor.
    @Sendable static func proveFactor(_ call: HostCall) async throws -> Response {
        let form = try FormBody(call)
        let (challenge, next) = (form["challenge"], LocalPath(form["next"]))
        guard call.isMeant(form) else {
            return choice(call, Typed(next: next), .wrong(call.say(.stale)), status: 403)
        }
        let recovery = form["recovery"]
        do {
            let session = try await call.runtime.auth.answerPageChallenge(
                challenge, code: recovery.isEmpty ? form["code"] : recovery, replacing: call.sessionCookie,
                origin: call.origin)
            return try await welcome(session, next: next, call)
        } catch let problem as Problem where problem.status == 401 || problem.status == 423 {
            let phrase = problem.retryAfter.map { Phrase.locked($0) } ?? .wrongCode
            return factorForm(
                call, challenge, next: next, .wrong(call.say(phrase)), isRecovering: !recovery.isEmpty,
                status: problem.status
            ).retrying(after: problem.retryAfter)
        }
    }

    /// Asks for a code of the app, or for a recovery code.
    static func factorForm(
        _ call: HostCall, _ challenge: String, next: LocalPath?, _ said: Said? = nil, isRecovering: Bool = false,
        status: Int = 200
    ) -> Response {
        let forms = VisitorForms(call)
        let back = "/sign-in" + (next.map { "?next=" + $0.encoded } ?? "")
        let open: HTML = isRecovering ? " open" : ""
        return forms.answer(
            call.account(
                .secondStep, said, status: status,
                """
                <form method="post" action="/sign-in/factor">
                \(.hidden("challenge", challenge))\(.hidden("next", next?.text))\(forms.token)
                <p><label for="code">\(call.say(.appCode))</label>
                <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12"\
                \(isRecovering ? "" : said.field)></p>
                <details\(open)><summary>\(call.say(.phoneLost))</summary>
                <p><label for="recovery">\(call.say(.recoveryCode))</label>
                <input id="recovery" name="recovery" autocomplete="off" autocapitalize="none" spellcheck="false" \
                maxlength="64"\(isRecovering ? said.field : "")></p>
                <p class="hint">\(call.say(.noCodesLeft))</p>
                </details>
                <p><button>\(call.say(.signIn))</button></p>
                </form>
                <p><a href="\(link: back)">\(call.say(.startAgain))</a></p>
                """))
    }
}
