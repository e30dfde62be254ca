import PluginAPI

extension Route<PorticoAPI> {
    static let listSessions = Route.get(
        PorticoAPI.base + "/me/sessions", .reading(PorticoAPI.listSessions), needs: .member,
        "Where one is signed in, the device used last in front.")
    static let endSession = Route.delete(
        PorticoAPI.base + "/me/sessions/{id}", .transactional(PorticoAPI.endSession), needs: .member,
        "Signs one of one's devices out, at once.")
    static let endSessions = Route.delete(
        PorticoAPI.base + "/me/sessions", .transactional(PorticoAPI.endSessions), needs: .member,
        "Signs all of one's devices out, at once.")
}

extension PorticoAPI {
    func listSessions(
        _ asked: OwnListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<SessionShown> {
        let (person, current, now) = (call.caller.id, try call.caller.principal.interactive(), call.now)
        let idle = host.settings.values.auth.pageIdleSeconds
        return try tx.host { tables in
            let found = try Sessions.live(
                of: person, idle: idle, now: now, page: asked.page, limit: asked.limit, tables)
            let shown = found.sessions.map {
                SessionShown(
                    id: $0.id, current: $0.id == current, device: $0.device, createdAt: $0.createdAt,
                    lastUsedAt: $0.lastUsedAt)
            }
            return Page(shown, PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
        }
    }

    func endSession(
        _ named: SessionNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        let person = call.caller.id
        _ = try call.caller.principal.interactive()
        return try tx.host { tables, origin in
            guard try Sessions.person(of: named.id, tables) == person else { throw Problem.notFound }
            try Sessions.end(named.id, of: person, reason: "revoked", origin, tables)
            return NoContent()
        }
    }

    func endSessions(
        _ ending: SessionsEnding, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        let (person, current) = (call.caller.id, try call.caller.principal.interactive())
        return try tx.host { tables, origin in
            try Sessions.endAll(
                of: person, except: ending.keepCurrent ? current : nil, reason: "revoked", origin, tables)
            return NoContent()
        }
    }
}

extension Principal {
    /// The session of a person who acts themselves.
    ///
    /// - Throws: ``Problem`` 403 for an API key.
    func interactive() throws(Problem) -> String {
        guard let session else { throw .interactiveOnly }
        return session
    }
}
