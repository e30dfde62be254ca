import Database
import PluginAPI

/// The sign-in of a plugin at which a registration is completed.
struct RegistrationPlace: Sendable {
    let definition: PluginDefinition
    /// What the new account becomes.
    let role: String
    private let plugin: any InstalledPlugin
    private let owner: Owner
    private let signIn: Int

    /// - Parameter id: the plugin at which the registration was asked for; when nil, the first that takes any.
    /// - Returns: nil when it takes none now.
    init?(_ id: String?, _ runtime: TenantRuntime) {
        guard runtime.settings.values.registration == .open else { return nil }
        for (position, definition) in runtime.definitions.enumerated() where id == nil || definition.id == id {
            guard let plugin = runtime.plugins[position] else { continue }
            for (number, mount) in definition.signIns.enumerated() where mount.declaration.path(of: .register) != nil {
                guard let role = mount.declaration.registers else { continue }
                self.definition = definition
                self.role = role
                self.plugin = plugin
                owner = runtime.owners[position]
                signIn = number
                return
            }
        }
        return nil
    }

    /// The same origin, in the name of the plugin.
    func origin(_ origin: Origin) -> Origin {
        Origin(
            plugin: definition.id, person: origin.person, apiKey: origin.apiKey, requestID: origin.requestID,
            correlationID: origin.correlationID, address: origin.address, userAgent: origin.userAgent, now: origin.now)
    }

    /// Makes the plugin's record of the account.
    func enrol(_ origin: Origin) -> @Sendable (PersonID, WriteSession) throws -> Void {
        { person, session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: definition, origin: origin)
            try plugin.enrol(signIn: signIn, person, Transaction(backend: backend, now: origin.now))
        }
    }
}
