import HTTPServer
import PluginAPI

extension SecurityPage {
    /// `POST /me/security/email`: mails a link that proves one's address.
    @Sendable static func confirmEmail(_ call: HostCall) async throws -> Response {
        let (_, facts, _) = try call.form()
        try await call.runtime.auth.requestVerification(
            of: facts.person, methods: facts.methods, origin: call.origin)
        return call.redirect(to: "/me/security?notice=\(PageNotice.confirmationSent.rawValue)")
    }

    /// `POST /me/security/password`: changes one's password, for the present one.
    @Sendable static func changePassword(_ call: HostCall) async throws -> Response {
        let (form, facts, session) = try call.form()
        guard form["password"] == form["again"] else {
            return try await page(call, .wrong(call.say(.notTheSame)), about: .password, status: 400)
        }
        do {
            try await call.runtime.auth.changePassword(
                of: facts.person, from: form["current"], to: form["password"], fields: ("current", "password"),
                keeping: session, origin: call.origin)
        } catch let problem as Problem where problem.status == 400 {
            let isCurrent = problem.mistakes.first?.field == "current"
            let said = isCurrent ? Said.wrong(call.say(.passwordWrong)) : .mistakes(in: problem, call)
            return try await page(call, said, about: .password, status: 400)
        } catch let problem as Problem where problem.status == 423 {
            return try await locked(problem, call)
        }
        return call.redirect(to: "/me/security?notice=\(PageNotice.passwordChanged.rawValue)")
    }

    /// The page while too many wrong tries are counted.
    static func locked(_ problem: Problem, _ call: HostCall) async throws -> Response {
        try await page(call, .wrong(call.say(.locked(problem.retryAfter ?? 60))), status: problem.status)
            .retrying(after: problem.retryAfter)
    }
}
