import Database
import HTTPServer
import PluginAPI

/// One request to a step of a sign-in, with what the step needs of it.
struct SignInCall: Sendable {
    var admitted: Admitted
    let place: SignInPlace
    let mount: SignInMount
    let definition: PluginDefinition
    let plugin: any InstalledPlugin
    let owner: Owner
    let body: [UInt8]

    /// - Throws: ``Problem`` 404 when the plugin is not enabled.
    init(_ admitted: Admitted, _ place: SignInPlace, owner: Owner, body: [UInt8]) throws(Problem) {
        guard let plugin = admitted.runtime.plugins[place.plugin] else { throw .notFound }
        self.admitted = admitted
        self.place = place
        self.plugin = plugin
        self.owner = owner
        self.body = body
        definition = admitted.runtime.definitions[place.plugin]
        mount = definition.signIns[place.signIn]
    }

    var runtime: TenantRuntime { admitted.runtime }
    var auth: TenantAuth { admitted.runtime.auth }
    var origin: Origin { admitted.head.origin(plugin: definition.id) }

    /// Reads the input; an empty body is an empty object.
    func input<Input>(_ schema: Schema<Input>) throws -> Input {
        guard let document = try JSONBody.read(body) ?? JSONBody.read(Array("{}".utf8)) else {
            throw Problem.format("Send the body as JSON.")
        }
        return try schema.decode(.json(document.root))
    }

    /// What the plugin tells of whoever signed in; nil where the answer is tokens alone.
    func account(_ signedIn: SignedIn) async throws -> [UInt8]? {
        if case .none = mount.declaration.account { return [] }
        let (plugin, place, owner, now) = (plugin, place, owner, origin.now)
        return try await runtime.database.read(slot: admitted.slot, as: owner) { session in
            var writer = JSONWriter()
            let tx = ReadTransaction(source: PluginReadBackend(session, owner: owner), now: now)
            try plugin.describe(signIn: place.signIn, signedIn, tx, &writer)
            return writer.bytes
        }
    }

    /// Makes the plugin's record of a new account.
    var enrol: @Sendable (PersonID, WriteSession) throws -> Void {
        let (plugin, place, owner, definition, origin) = (plugin, place, owner, definition, origin)
        return { person, session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: definition, origin: origin)
            try plugin.enrol(signIn: place.signIn, person, Transaction(backend: backend, now: origin.now))
        }
    }
}
