import PluginAPI

extension Route<PorticoAPI> {
    static let me = Route.get(
        PorticoAPI.base + "/me", .reading(PorticoAPI.me), needs: .member,
        "Who is signed in: the account, its roles and what they allow in this session.")
}

extension PorticoAPI {
    func me(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Me {
        let principal = call.caller.principal
        return try tx.host { tables in try self.me(principal, tables) }
    }

    /// The account behind a session as its person sees it.
    func me(_ principal: Principal, _ tables: some Queries) throws -> Me {
        guard let account = try Accounts.account(principal.person, tables) else { throw Problem.notFound }
        let held = try Roles.held(by: principal.person, tables)
        let grants = host.definitions.map { plugin in
            (
                plugin: plugin.id,
                grants: Roles.grants(
                    held, of: principal.person, in: plugin, among: host.definitions, methods: principal.methods,
                    demand: host.auth.settings.secondFactorFor)
            )
        }
        return Me(account, held, grants: grants, methods: principal.methods)
    }
}
