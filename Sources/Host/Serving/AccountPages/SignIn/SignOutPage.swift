import HTTPServer
import PluginAPI

/// Where people sign out of the portal's pages.
enum SignOutPage {
    /// `GET /sign-out`: asks, since a link must not sign anybody out.
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        guard let id = call.session?.session else { return call.redirect(to: "/") }
        return call.account(
            .signOut, nil,
            """
            <form method="post" action="/sign-out">\(call.tokenField(for: .session(id)))
            <p><button>\(call.say(.signOutHere))</button></p></form>
            <p><a href="/me/sessions">\(call.say(.sessions))</a></p>
            <p><a href="/me/security">\(call.say(.security))</a></p>
            """)
    }

    /// `POST /sign-out`: ends the session and takes its cookie away.
    @Sendable static func signOut(_ call: HostCall) async throws -> Response {
        guard call.session != nil else { return call.redirect(to: "/") }
        let (_, facts, id) = try call.form()
        try await call.runtime.auth.endSession(id, of: facts.person, reason: "logout", origin: call.origin)
        var response = call.redirect(to: "/")
        call.clearSession(on: &response)
        return response
    }
}
