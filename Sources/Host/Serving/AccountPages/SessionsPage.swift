import HTTPServer
import PluginAPI

/// Where a person sees the devices they are signed in on, and signs out of those that they do not know.
enum SessionsPage {
    /// `GET /me/sessions`
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        let (facts, current) = try call.signedIn()
        let (sessions, total) = try await call.runtime.auth.sessions(
            of: facts.person, slot: call.slot, now: call.inbound.now)
        let rows: [HTML] = sessions.map { row($0, isCurrent: $0.id == current, call, current) }
        let more: HTML =
            total > sessions.count ? "<p>And \(total - sessions.count) that were used before these.</p>" : ""
        let others: HTML =
            total > 1
            ? """
            <form method="post" action="/me/sessions/end-others">\(call.tokenField(for: .session(current)))
            <p><button>Sign out everywhere else</button></p></form>
            """ : ""
        return call.page(
            "Where you are signed in",
            """
            <h1>Where you are signed in</h1>
            <div class="scroll"><table>
            <thead><tr><th scope="col">Device</th><th scope="col">Signed in</th><th scope="col">Last used</th>\
            <th scope="col">Sign out</th></tr></thead>
            <tbody>\(rows)</tbody>
            </table></div>
            \(more)\(others)
            <p><a href="/sign-out">Sign out of this device</a></p>
            """)
    }

    /// `POST /me/sessions/{id}/end`
    @Sendable static func end(_ call: HostCall) async throws -> Response {
        let (_, facts, current) = try call.form()
        guard let id = call.path.first?.value else { throw Problem.notFound }
        try await call.runtime.auth.endSession(id, of: facts.person, reason: "revoked", origin: call.origin)
        var response = call.redirect(to: id == current ? "/" : "/me/sessions")
        if id == current { call.clearSession(on: &response) }
        return response
    }

    /// `POST /me/sessions/end-others`
    @Sendable static func endOthers(_ call: HostCall) async throws -> Response {
        let (_, facts, current) = try call.form()
        try await call.runtime.auth.endSessions(of: facts.person, except: current, origin: call.origin)
        return call.redirect(to: "/me/sessions")
    }

    private static func row(
        _ session: ListedSession, isCurrent: Bool, _ call: HostCall, _ current: String
    ) -> HTML {
        let device = session.device ?? "Unknown device"
        let act: HTML =
            isCurrent
            ? "this device"
            : """
            <form method="post" action="/me/sessions/\(session.id)/end">\(call.tokenField(for: .session(current)))\
            <button aria-label="Sign out of \(device)">Sign out</button></form>
            """
        return """
            <tr><th scope="row">\(device)</th><td>\(time(session.createdAt, call))</td>\
            <td>\(time(session.lastUsedAt, call))</td><td>\(act)</td></tr>
            """
    }

    /// A moment on the tenant's wall, to the minute.
    private static func time(_ moment: Instant, _ call: HostCall) -> HTML {
        let local = call.runtime.tenant.zone.localTime(at: moment).description
        let text = local.prefix(16).replacing("T", with: " ")
        return "<time datetime=\"\(moment)\">\(text)</time>"
    }
}
