import HTTPServer
import PluginAPI

/// Where people sign out of the portal's pages.
enum SignOutPage {
    /// `GET /sign-out`: asks, since a link must not sign anybody out.
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        guard let id = call.session?.session else { return call.redirect(to: "/") }
        return call.page(
            "Sign out",
            """
            <h1>Sign out</h1>
            <form method="post" action="/sign-out">\(call.tokenField(for: .session(id)))
            <p><button>Sign out of this device</button></p></form>
            <p><a href="/me/sessions">Where you are signed in</a></p>
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
