import PluginAPI

extension Route<PorticoAPI> {
    static let getUser = Route.get(
        PorticoAPI.base + "/users/{id}", .reading(PorticoAPI.getUser), needs: .permission(.readUsers), "One person.")
}

extension PorticoAPI {
    func getUser(_ named: UserNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> User {
        try tx.host { try User.find(named.id, $0) }
    }
}
