import Host
import PluginAPI

/// A plugin's manifest without its type.
struct PluginFacts: Sendable {
    let id: String
    let dialect: Dialect
    let routes: [RouteDeclaration]
    let signIns: [SignInDeclaration]
    let roles: [Role]
    let personalData: [PersonalData]
    let permissions: [Permission]
    let faults: [String]

    /// The host's own API, which every portal has beside its plugins.
    static let hostAPI = PluginFacts(TestHost.hostAPI)

    init<P: Plugin>(_ type: P.Type) {
        let manifest = P.manifest
        id = manifest.id
        dialect = manifest.dialect
        routes = manifest.routes.map(\.declaration)
        signIns = manifest.signIns.map(\.declaration)
        roles = manifest.roles
        personalData = manifest.personalData
        permissions = manifest.permissions
        faults = manifest.faults
    }
}
