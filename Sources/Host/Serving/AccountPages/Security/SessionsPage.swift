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
            total > sessions.count ? "<p>\(call.say(.andMore(total - sessions.count)))</p>" : ""
        let others: HTML =
            total > 1
            ? """
            <form method="post" action="/me/sessions/end-others">\(call.tokenField(for: .session(current)))
            <p><button>\(call.say(.everywhereElse))</button></p></form>
            """ : ""
        return call.account(
            .sessions, nil,
            """
            <ul class="cards" role="list">\(rows)</ul>
            \(more)\(others)
            <p><a href="/me/security">\(call.say(.security))</a></p>
            <p><a href="/sign-out">\(call.say(.signOutHere))</a></p>
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
        let device = session.device ?? call.say(.unknownDevice)
        let mark: HTML = isCurrent ? " (\(call.say(.thisDevice)))" : ""
        let act: HTML =
            isCurrent
            ? ""
            : """
            <form method="post" action="/me/sessions/\(session.id)/end">\(call.tokenField(for: .session(current)))\
            <button class="quiet" aria-label="\(call.say(.signOutOf(device)))">\(call.say(.signOut))</button></form>
            """
        return """
            <li><strong>\(device)</strong>\(mark)
            <dl><dt>\(call.say(.signedInAt))</dt><dd>\(time(session.createdAt, call))</dd>
            <dt>\(call.say(.lastUsed))</dt><dd>\(time(session.lastUsedAt, call))</dd></dl>
            \(act)</li>

            """
    }

    /// A moment on the tenant's wall, to the minute.
    private static func time(_ moment: Instant, _ call: HostCall) -> HTML {
        let local = call.runtime.tenant.zone.localTime(at: moment).description
        let text = local.prefix(16).replacing("T", with: " ")
        return "<time datetime=\"\(moment)\">\(text)</time>"
    }
}
