import HTTPServer
import PluginAPI

extension SecurityPage {
    /// `POST /me/security/authenticator`: shows a secret for an authenticator app.
    @Sendable static func enrol(_ call: HostCall) async throws -> Response {
        let (_, facts, session) = try call.form()
        do {
            let made = try await call.runtime.auth.enrolFactor(of: facts.person, origin: call.origin)
            return enrolment(call, made, session)
        } catch let problem as Problem where problem.status == 409 {
            return call.redirect(to: "/me/security")
        }
    }

    /// `POST /me/security/authenticator/prove`: the first code, after which the second factor counts.
    @Sendable static func prove(_ call: HostCall) async throws -> Response {
        let (form, facts, session) = try call.form()
        let auth = call.runtime.auth
        do {
            let code = form["code"].filter { !$0.isWhitespace }
            return codes(
                call, try await auth.proveFactor(of: facts.person, session: session, code: code, origin: call.origin))
        } catch let problem as Problem where problem.status == 401 {
            guard let made = try await auth.waitingFactor(of: facts.person) else {
                return call.redirect(to: "/me/security")
            }
            return enrolment(call, made, session, .wrong(call.say(.wrongAppCode)), status: 401)
        } catch let problem as Problem where problem.status == 409 {
            return call.redirect(to: "/me/security")
        } catch let problem as Problem where problem.status == 423 {
            return try await locked(problem, call)
        }
    }

    /// `POST /me/security/recovery-codes`: ten new ones, for a code.
    @Sendable static func renewCodes(_ call: HostCall) async throws -> Response {
        let (form, facts, _) = try call.form()
        return try await judged(call, about: .codes) {
            codes(
                call,
                try await call.runtime.auth.renewRecoveryCodes(
                    of: facts.person, code: form["code"], origin: call.origin))
        }
    }

    /// `POST /me/security/authenticator/off`: ends the second factor, for a code.
    @Sendable static func switchOff(_ call: HostCall) async throws -> Response {
        let (form, facts, session) = try call.form()
        return try await judged(call, about: .off) {
            try await call.runtime.auth.disableFactor(
                of: facts.person, session: session, code: form["code"], origin: call.origin)
            return call.redirect(to: "/me/security?notice=\(PageNotice.factorOff.rawValue)")
        }
    }

    /// Does something for a code, or says what is wrong with that.
    private static func judged(
        _ call: HostCall, about part: Part, _ body: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await body()
        } catch let problem as Problem where problem.status == 401 {
            return try await page(call, .wrong(call.say(.wrongAppCode)), about: part, status: 401)
        } catch let problem as Problem where problem.status == 409 {
            return call.redirect(to: "/me/security")
        } catch let problem as Problem where problem.status == 423 {
            return try await locked(problem, call)
        }
    }

    private static func enrolment(
        _ call: HostCall, _ made: FactorEnrolment, _ session: String, _ said: Said? = nil, status: Int = 200
    ) -> Response {
        call.account(
            .setUp, said, status: status,
            """
            <p>\(call.say(.scan))</p>
            <div class="picture">\(HTML(stringLiteral: made.picture))</div>
            <p><a href="\(made.uri)">\(call.say(.openApp))</a></p>
            <p>\(call.say(.typeSecret)) <code class="secret">\(grouped(made.secret))</code></p>
            <form method="post" action="/me/security/authenticator/prove">\(call.tokenField(for: .session(session)))
            <p><label for="code">\(call.say(.appCode))</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"\
            \(said.field)></p>
            <p><button>\(call.say(.prove))</button></p></form>
            <p><a href="/me/security">\(call.say(.back))</a></p>
            """)
    }

    private static func codes(_ call: HostCall, _ codes: [String]) -> Response {
        call.account(
            .codesTitle, nil,
            """
            <p>\(call.say(.codesHelp))</p>
            <ol class="codes">\(codes.map { "<li><code>\($0)</code></li>" as HTML })</ol>
            <p><a href="/me/security">\(call.say(.codesKept))</a></p>
            """)
    }

    /// In groups of four, as people read it out.
    private static func grouped(_ secret: String) -> String {
        let letters = Array(secret)
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
    }
}
