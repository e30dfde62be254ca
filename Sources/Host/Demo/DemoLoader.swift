import Crypto
import Database
import PluginAPI

/// Loads the demo's people and what its plugins show, into tenants that have nobody yet.
struct DemoLoader: Sendable {
    let tenants: TenantRegistry
    let passwords: PasswordHasher
    let clock: any TimeSource
    let log: any LogSink

    func loadAll() async {
        // A hash takes a fifth of a second: one does for everybody with the same password, in a demo whose password
        // anybody may know.
        var hashes: [String: PasswordHash] = [:]
        for entry in tenants.current.tenants {
            do { try await load(entry.slug, &hashes) } catch {
                log.write(.error, "demo data could not be loaded", tenant: entry.slug, ["error": .text("\(error)")])
            }
        }
    }

    private func load(_ slug: String, _ hashes: inout [String: PasswordHash]) async throws {
        let path = tenants.current.folder(of: slug) + "/demo.json"
        guard let bytes = try? Files.contents(path, limit: 1 << 20) else { return }
        let document = try JSONDocument(bytes, dialect: .commented)
        let data = try DemoData.schema.decode(.json(document.root))
        let runtime = try await tenants.open(named: slug)
        let now = clock.now
        let origin = Origin(plugin: Owner.host.id, requestID: "demo", now: now)
        let isEmpty = try await runtime.database.write(as: .host) { session in
            try HostWriter(session).value("SELECT COUNT(*) FROM portico_person", as: Int.self) == 0
        }
        guard isEmpty else { return }
        if let password = data.password, hashes[password] == nil {
            hashes[password] = PasswordHash(try await passwords.hash(SecretBytes(Array(password.utf8))))
        }
        let hash = data.password.flatMap { hashes[$0] }
        try await runtime.database.write(as: .host) { session in
            for person in data.people { try Self.add(person, hash, origin, HostWriter(session)) }
        }
        for (position, definition) in runtime.definitions.enumerated() {
            guard let plugin = runtime.plugins[position], let shown = data.plugins[definition.id] else { continue }
            let origin = Origin(plugin: definition.id, requestID: "demo", now: now, demo: .present)
            try await runtime.database.write(as: runtime.owners[position]) { session in
                let backend = PluginWriteBackend(
                    session, owner: runtime.owners[position], plugin: definition, origin: origin)
                try plugin.loadDemo(shown, Transaction(backend: backend, now: now))
            }
        }
        log.write(.info, "demo data loaded", tenant: slug, ["people": .integer(Int64(data.people.count))])
    }

    private static func add(
        _ person: DemoPerson, _ hash: PasswordHash?, _ origin: Origin, _ host: HostWriter
    ) throws {
        let id = try People.add(
            givenName: person.givenName, familyName: person.familyName, email: person.email, phone: person.phone,
            username: person.username.flatMap { Username($0) }, origin, host)
        if let hash, person.email != nil || person.username != nil {
            try PasswordTable.set(hash, of: id, now: origin.now, host)
            try People.markVerified(.email, of: id, now: origin.now, host)
        }
        for role in person.roles {
            try Roles.grant(role.role, of: role.plugin, to: id, branch: role.branch, origin, host)
        }
    }
}
