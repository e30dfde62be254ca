import HTTPServer
import PluginAPI

/// Where the link of a letter leads with which a password is set: a new one, the first of an account that staff made, or
/// that of a registration, whose account it makes.
///
/// Opening the link changes nothing and looks nothing up, because programs that read mail open links too; the form does it.
enum PasswordLinkPage {
    /// `GET /reset-password?token=` and `GET /accept-invitation?token=`
    static func show(_ purpose: LinkPurpose) -> @Sendable (HostCall) async throws -> Response {
        { call in
            let token = call.query.first { $0.name == "token" }?.value ?? ""
            return token.isEmpty ? spent(purpose, call) : form(purpose, token, call)
        }
    }

    /// `POST /reset-password` and `POST /accept-invitation`
    static func set(_ purpose: LinkPurpose) -> @Sendable (HostCall) async throws -> Response {
        { call in
            let sent = try FormBody(call)
            let (token, password) = (sent["token"], sent["password"])
            guard call.isMeant(sent) else {
                return form(purpose, token, call, .wrong(call.say(.stale)), status: 403)
            }
            guard password == sent["again"] else {
                return form(purpose, token, call, .wrong(call.say(.notTheSame)), status: 400)
            }
            do {
                try await set(password, byLink: token, for: purpose, call)
            } catch let problem as Problem where problem.status == 401 {
                return spent(purpose, call)
            } catch let problem as Problem where problem.status == 400 {
                return form(purpose, token, call, .mistakes(in: problem, call), status: 400)
            }
            return call.redirect(to: "/sign-in?notice=\(PageNotice.passwordSet.rawValue)")
        }
    }

    private static func set(
        _ password: String, byLink token: String, for purpose: LinkPurpose, _ call: HostCall
    ) async throws {
        let auth = call.runtime.auth
        guard purpose == .invite, let registering = LinkToken(token, .register, auth.tenantKeys) else {
            return try await auth.setPassword(
                password, field: "password", byLink: token, for: purpose, origin: call.origin)
        }
        guard let content = try await auth.registration(byLink: registering, now: call.inbound.now),
            let place = RegistrationPlace(content.plugin, call.runtime)
        else { throw Problem.tokenInvalid }
        let origin = place.origin(call.origin)
        try await auth.completeRegistration(
            byLink: registering, password: password, field: "password", plugin: place.definition.id, role: place.role,
            origin: origin, enrol: place.enrol(origin))
    }

    private static func form(
        _ purpose: LinkPurpose, _ token: String, _ call: HostCall, _ said: Said? = nil, status: Int = 200
    ) -> Response {
        let forms = VisitorForms(call)
        return forms.answer(
            call.account(
                purpose == .reset ? .forgotTitle : .chooseTitle, said, status: status, referrer: LinkPage.referrer,
                """
                <form method="post" action="\(purpose.page)">
                \(.hidden("token", token))\(forms.token)
                \(NewPasswordFields.html(call, said))
                <p><button>\(call.say(.setPassword))</button></p>
                </form>
                """))
    }

    private static func spent(_ purpose: LinkPurpose, _ call: HostCall) -> Response {
        let help: HTML = purpose == .reset ? "" : "<p>\(call.say(.askWhoInvited))</p>"
        return call.account(
            purpose == .reset ? .forgotTitle : .chooseTitle, .wrong(call.say(.badLink)), status: 401,
            referrer: LinkPage.referrer,
            "\(help)<p><a href=\"/forgot-password\">\(call.say(.askAgain))</a></p>")
    }
}

/// What the pages have in common whose address is a secret.
enum LinkPage {
    /// No page that is opened from here learns the address. The portal's own name may be told, because without it
    /// browsers say `null` for the origin of a form (Fetch §3.2), which is what a foreign page's form looks like.
    static let referrer = "strict-origin"
}
