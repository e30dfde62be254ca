import PluginAPI

extension Route<PorticoAPI> {
    static let getSettings = Route.get(
        PorticoAPI.base + "/settings", .reading(PorticoAPI.getSettings), needs: .permission(.readSettings),
        "The portal's settings, and where each value is from.")
}

extension PorticoAPI {
    func getSettings(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> SettingsShown {
        SettingsShown(host.settings)
    }
}
