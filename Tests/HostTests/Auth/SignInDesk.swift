import Crypto
import Database
import FoundationEssentials
import PluginAPI
import Synchronization
import Workers

@testable import Host

/// A plugin with customers, whom a texted code is enough for, and staff, whom it is not.
struct Surgery: Plugin {
    static let read = Permission("read:visits", "See visits")
    static let run = Permission("write:visits", "Change visits")
    static let manifest = Manifest<Self>(
        id: "surgery", summary: "Visits.", dialect: .clinic, prefixes: ["/surgery"], permissions: [read, run],
        roles: [
            Role("customer", "", needs: .any, allows: [.init(read, .own)]),
            Role("companion", "", needs: .any, allows: [.init(read, .assigned)]),
            Role("STAFF", "", needs: .passwordOrFederated, allows: [.init(read, .branch), .init(run, .branch)]),
            Role("ADMIN", "", needs: .passwordOrFederated, allows: [.init(Permission("read:*"), .tenant)]),
        ], routes: [])

    init(settings: Nothing, services: Services) {}
}

/// A tenant's sign-in over a database file of its own, with what it sent.
struct SignInDesk: Sendable {
    static let start = Instant(seconds: 1_790_000_000)
    static let john = known(Phone("+15550100001"))
    static let staff = known(Phone("+15550100008"))
    static let nobody = known(Phone("+15550199999"))

    let folder: String
    let engine: DatabaseEngine
    let database: Database
    let epoch = AuthEpoch()
    let caches: TokenCaches
    let sent = Sent()
    let signing: WorkerPool
    let keys: TenantKeys
    let tenant: Tenant
    let spareKeys: SpareKeyPool
    let passwords: PasswordHasher
    let auth: TenantAuth

    /// - Parameter spares: the keys the tenant is given, the last again and again.
    ///
    /// Makes John, a customer, and Sam, who is staff.
    init(
        _ slug: String = "lumen", settings: AuthSettings = AuthSettings(), cached: Int = 4096, spares: [RSAKey] = [],
        signing: WorkerPool? = nil, hashing: WorkerPool? = nil
    ) async throws {
        let memory = FileManager.default.isWritableFile(atPath: "/dev/shm")
        folder =
            (memory ? "/dev/shm" : FileManager.default.temporaryDirectory.path) + "/portico-auth-\(Random.token())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = DatabaseConfiguration()
        configuration.otherFileDescriptors = 1_000
        engine = try DatabaseEngine(configuration)
        let sealer = TenantSealer()
        let epoch = epoch
        database = try engine.database(at: folder + "/tenant.sqlite", sealer: sealer) { notes in
            AuthChange.bind(notes, to: epoch)
        }
        _ = try await database.migrate(.host, Self.steps)
        keys = try TenantKeys(data: .random(count: 32), index: .random(count: 32))
        sealer.use(keys)
        caches = TokenCaches(loops: 2, capacity: cached)
        self.signing = signing ?? WorkerPool(name: "sign", threads: 1, queueLimit: 64, perKeyLimit: 64)
        tenant = Tenant(
            slug: slug, name: "Lumen Clinic", zone: .utc, language: .english, origin: "http://\(slug).localhost:8080")
        let made = Mutex(try spares.isEmpty ? [Self.key.get()] : spares)
        spareKeys = SpareKeyPool(capacity: 1) { made.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
        // The least cost there is: what a cost comes to is the hasher's own tests' to show.
        passwords = try PasswordHasher(
            pool: hashing ?? WorkerPool(name: "hash", threads: 2, queueLimit: 64, perKeyLimit: 64), cost: 4)
        auth = try await Self.auth(
            database, tenant, settings, keys, epoch, caches, spareKeys, self.signing, passwords, sent)
        try await database.openReader(slot: 0)
        try await host { host in
            let john = try People.add(
                givenName: "John", familyName: "Doe", phone: Self.john, Self.origin(), host)
            try Roles.grant("customer", of: "surgery", to: john, branch: nil, Self.origin(), host)
            let sam = try People.add(givenName: "Sam", familyName: "Low", phone: Self.staff, Self.origin(), host)
            try Roles.grant("STAFF", of: "surgery", to: sam, branch: "east", Self.origin(), host)
        }
    }

    static let steps = Composition.tenantMigrations
        .map { MigrationStep(id: $0.id, sql: $0.sql) }

    /// One key for most tests: making one takes long.
    static let key = Result { try RSAKey.generate() }

    private static func auth(
        _ database: Database, _ tenant: Tenant, _ settings: AuthSettings, _ keys: TenantKeys, _ epoch: AuthEpoch,
        _ caches: TokenCaches, _ spareKeys: SpareKeyPool, _ signing: WorkerPool, _ passwords: PasswordHasher,
        _ sent: Sent, secondFactor: (any SecondFactor)? = nil, issuers: IssuerKeys = .unreachable
    ) async throws -> TenantAuth {
        try await TenantAuth.load(
            database: database, tenant: tenant, settings: settings, definitions: [PluginDefinition(Surgery.self)],
            keys: keys, epoch: epoch, caches: caches, spareKeys: spareKeys, signing: signing,
            passwords: passwords, secondFactor: secondFactor, issuers: issuers, now: start
        ) { letter, origin, host in
            host.afterCommit {
                sent.add(
                    Sent.Message(
                        channel: letter.channel, to: letter.address, body: letter.body, expires: letter.expiresAt))
            }
        }
    }

    /// The same tenant's sign-in made anew, as after a restart.
    func again(
        settings: AuthSettings = AuthSettings(), passwords: PasswordHasher? = nil,
        secondFactor: (any SecondFactor)? = nil, issuers: IssuerKeys = .unreachable
    ) async throws -> TenantAuth {
        try await Self.auth(
            database, tenant, settings, keys, epoch, TokenCaches(loops: 1), spareKeys, signing,
            passwords ?? self.passwords, sent, secondFactor: secondFactor, issuers: issuers)
    }

    func close() async {
        await engine.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func origin(_ after: Duration = .zero, agent: String? = "Phone/1", address: String = "192.0.2.1") -> Origin {
        Origin(
            plugin: "surgery", requestID: "req", address: address, userAgent: agent, now: start + after)
    }

    /// Writes to the host's tables.
    @discardableResult
    func host<T: Sendable>(_ body: @escaping @Sendable (HostWriter) throws -> T) async throws -> T {
        try await database.write(as: .host) { try body(HostWriter($0)) }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await host { try $0.value("SELECT count(*) FROM " + sql) ?? -1 }
    }

    func actions() async throws -> [String] {
        try await host { try $0.values("SELECT action FROM portico_audit ORDER BY number") }
    }

    func person(_ phone: Phone) async throws -> PersonID? {
        try await host { try People.person(withPhone: phone, $0)?.id }
    }

    /// Asks for a code.
    ///
    /// - Returns: a budget that was found used up for the first time.
    @discardableResult
    func ask(
        _ phone: Phone = SignInDesk.john, after: Duration = .zero, open: Bool = false, budget: SMSBudget = SMSBudget()
    ) async throws -> SMSSpending.Scope? {
        try await auth.requestCode(
            phone: phone, origin: Self.origin(after), registrationIsOpen: open, budget: budget)
    }

    /// Asks for a code and takes it from the message.
    func code(_ phone: Phone = SignInDesk.john, after: Duration = .zero, open: Bool = false) async throws -> String {
        try await ask(phone, after: after, open: open)
        return String(sent.all.last?.body.suffix(6) ?? "")
    }

    func verify(
        _ code: String, _ phone: Phone = SignInDesk.john, after: Duration = .zero, open: Bool = false,
        enrol: @escaping @Sendable (PersonID, WriteSession) throws -> Void = { _, _ in }
    ) async throws -> TokenAnswer {
        let outcome = try await auth.verifyCode(
            phone: phone, code: code, plugin: "surgery", role: "customer", origin: Self.origin(after),
            registrationIsOpen: open, enrol: enrol)
        guard case .tokens(let answer) = outcome else { throw Problem.forbidden }
        return answer
    }

    func signIn(_ phone: Phone = SignInDesk.john, after: Duration = .zero) async throws -> TokenAnswer {
        try await verify(try await code(phone, after: after), phone, after: after)
    }

    /// Who an access token says is calling.
    func caller(_ token: String, after: Duration = .zero, slot: Int = 0) throws -> Authentication {
        try auth.authenticate(Array(token.utf8), token: 0..<token.utf8.count, slot: slot, now: Self.start + after)
    }
}

/// The messages that were sent.
final class Sent: Sendable {
    struct Message: Sendable, Equatable {
        let channel: Channel
        let to: String
        let body: String
        let expires: Instant
    }
    private let messages = Mutex<[Message]>([])
    var all: [Message] { messages.withLock { $0 } }
    func add(_ message: Message) { messages.withLock { $0.append(message) } }
}

extension Authentication {
    var facts: SessionFacts? {
        if case .known(let facts) = self { facts } else { nil }
    }
    var refusal: Problem? {
        if case .refused(let problem) = self { problem } else { nil }
    }
    var needsReader: Bool {
        if case .needsReader = self { true } else { false }
    }
}

/// Runs with a portal that is closed and removed afterwards.
func withPortal(
    settings: AuthSettings = AuthSettings(), cached: Int = 4096,
    _ body: (SignInDesk) async throws -> Void
) async throws {
    let portal = try await SignInDesk(settings: settings, cached: cached)
    do { try await body(portal) } catch {
        await portal.close()
        throw error
    }
    await portal.close()
}

/// What a refusal was; nil when there was none.
func problem(_ body: () async throws -> Void) async throws -> Problem? {
    do {
        try await body()
        return nil
    } catch let problem as Problem {
        return problem
    }
}

/// What the store refused with; nil when it did not.
func storeFault(_ body: () async throws -> Void) async throws -> StoreError.Kind? {
    do {
        try await body()
        return nil
    } catch let error as StoreError {
        return error.kind
    }
}

private func known<T>(_ value: T?) -> T {
    guard let value else { preconditionFailure("a constant of the tests") }
    return value
}
