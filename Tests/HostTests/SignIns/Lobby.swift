import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

/// An account as seed 000 §2.1 shows it.
struct LobbyCustomer: Described {
    let id: PersonID
    let email: Email?
    let firstName: String
    static let schema = Schema.object(
        Self.init(id:email:firstName:), Field("id", \.id, PersonID.schema),
        Field("email", \.email, .optional(Email.schema)), Field("firstName", \.firstName, .string()))
}

/// An admin as seed 004 shows one.
struct LobbyAdmin: Described {
    let adminId: PersonID
    let username: String
    static let schema = Schema.object(
        Self.init(adminId:username:), Field("adminId", \.adminId, PersonID.schema),
        Field("username", \.username, .string()))
}

/// A sales representative as seed 004 shows one.
struct LobbyRep: Described {
    let salesId: PersonID
    let name: String
    let skillsScore: Skills
    static let schema = Schema.object(
        Self.init(salesId:name:skillsScore:), Field("salesId", \.salesId, PersonID.schema),
        Field("name", \.name, .string()), Field("skillsScore", \.skillsScore, Skills.schema))

    struct Skills: Described {
        let communication: Int
        let persuasion: Int
        let empathy: Int
        static let schema = Schema.object(
            Self.init(communication:persuasion:empathy:), Field("communication", \.communication, .int(0...100)),
            Field("persuasion", \.persuasion, .int(0...100)), Field("empathy", \.empathy, .int(0...100)))
    }
}

/// The sign-in of a seed, mounted at its paths: a plugin for each dialect.
protocol Lobby: Plugin where Settings == Nothing {
    static var prefixes: [String] { get }
    static var dialect: Dialect { get }
    static var signIns: [SignIn<Self>] { get }
    init()
}

extension Lobby {
    static var manifest: Manifest<Self> {
        let see = Permission("read:lobby", "See the lobby")
        let roles = ["ADMIN", "SALES_REP", "customer"].map {
            Role($0, "", needs: .passwordOrFederated, allows: [.init(see, .branch)])
        }
        return Manifest<Self>(
            id: "lobby-\(dialect.rawValue)", summary: "A lobby.", dialect: dialect, prefixes: prefixes,
            permissions: [see], roles: roles + [Role("phoned", "", needs: .any, allows: [.init(see, .own)])],
            signIns: signIns, routes: [])
    }

    init(settings: Nothing, services: Services) { self.init() }

    func customer(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> LobbyCustomer {
        let person = try #require(try tx.person(signedIn.person))
        return LobbyCustomer(id: person.id, email: person.email, firstName: person.givenName)
    }

    func phoned(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> LobbyCustomer {
        try customer(SignedIn(person: person, role: "phoned", branch: nil), tx)
    }

    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws {}
}

/// Seed 000.
struct EnvelopeLobby: Lobby {
    static let dialect = Dialect.envelope
    static let prefixes = ["/v1/portal"]
    static var signIns: [SignIn<Self>] {
        [
            .password(.under("/v1/portal/auth"), roles: ["customer"], member: "customer", account: Self.customer)
                .registering(at: "/v1/portal/auth/register", as: "customer", enrol: Self.enrol)
        ]
    }
}

/// Seeds 001 and 002.
struct ClinicLobby: Lobby {
    static let dialect = Dialect.clinic
    static let prefixes = ["/v1/auth", "/customer/auth"]
    static var signIns: [SignIn<Self>] {
        [
            .phone(
                PhoneSignInPaths(
                    request: "/customer/auth", verify: "/customer/auth/verify", refresh: "/customer/auth/refresh",
                    logout: "/customer/auth/logout"), role: "phoned", member: "customer", account: Self.phoned,
                enrol: Self.enrol),
            .password(.under("/v1/auth"), roles: ["ADMIN"], member: "user", account: Self.customer),
        ]
    }
}

/// Seed 003.
struct BareLobby: Lobby {
    static let dialect = Dialect.bare
    static let prefixes = ["/api/token"]
    static var signIns: [SignIn<Self>] {
        [
            .password(
                PasswordSignInPaths(
                    login: "/api/token/", refresh: "/api/token/refresh/", logout: "/api/token/logout/"
                ).withAccount(under: "/api/token"), roles: ["customer"])
        ]
    }
}

/// Seed 004.
struct StatusLobby: Lobby {
    static let dialect = Dialect.status
    static let prefixes = ["/admin", "/user"]
    static var signIns: [SignIn<Self>] {
        [
            .password(.under("/admin"), roles: ["ADMIN"], member: nil, account: Self.admin),
            .password(.under("/user"), roles: ["SALES_REP"], member: nil, account: Self.rep),
        ]
    }

    func admin(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> LobbyAdmin {
        LobbyAdmin(adminId: signedIn.person, username: "admin")
    }

    func rep(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> LobbyRep {
        LobbyRep(
            salesId: signedIn.person, name: "Robin One",
            skillsScore: .init(communication: 80, persuasion: 70, empathy: 90))
    }
}

/// Every dialect's lobby in one tenant, with an `admin`, a `rep` and Jane, a customer everywhere.
func withLobbies(registration: String = "open", _ body: (Portal) async throws -> Void) async throws {
    let plugins: [any Plugin.Type] = [EnvelopeLobby.self, ClinicLobby.self, BareLobby.self, StatusLobby.self]
    let tenant = """
        {
          "name": "The Lobby", "registration": "\(registration)",
          "channels": { "email": { "driver": "capture" }, "sms": { "driver": "capture" } },
          "plugins": { "lobby-envelope": {}, "lobby-clinic": {}, "lobby-bare": {}, "lobby-status": {} }
        }
        """
    try await withPortal(plugins, tenants: ["desk": tenant, "other": tenant]) { portal in
        let hash = PasswordHash(
            try await portal.parts.passwords.hash(SecretBytes(Array(SignInDesk.password.utf8))))
        let runtime = try await portal.parts.tenants.open(named: "desk")
        let origin = Origin(plugin: "portico", requestID: "test", now: portal.clock.now)
        try await runtime.database.write(as: .host) { session in
            let host = HostWriter(session)
            for (name, roles, branch) in [
                ("admin", ["ADMIN"], String?.none), ("rep", ["SALES_REP"], nil), ("jane", ["customer"], nil),
                ("east", ["ADMIN"], "brn_east"),
            ] {
                let id = try People.add(
                    givenName: name, familyName: "Doe", email: Email("\(name)@lobby.example"),
                    username: Username(name), origin, host)
                try PasswordTable.set(hash, of: id, now: origin.now, host)
                try People.markVerified(.email, of: id, now: origin.now, host)
                for definition in runtime.definitions {
                    for role in roles {
                        try Roles.grant(role, of: definition.id, to: id, branch: branch, origin, host)
                    }
                }
            }
            let id = try People.add(
                givenName: "Phil", familyName: "Doe", phone: Phone("+15550100001"), origin, host)
            try Roles.grant("phoned", of: "lobby-clinic", to: id, branch: nil, origin, host)
        }
        try await body(portal)
    }
}

extension Portal {
    /// The token of the link to a page, in a message to an address.
    func linkToken(_ page: String, to address: String) async throws -> String? {
        await parts.scheduler.runDue()
        let runtime = try await parts.tenants.open(named: "desk")
        let messages = try await runtime.database.write(as: .host) {
            try CaptureDriver.messages(channel: "email", to: address, HostWriter($0))
        }
        let lines = messages.flatMap { $0.body.split(separator: "\n") }
        return lines.first { $0.contains("\(page)?token=") }?.split(separator: "token=").last.map(String.init)
    }

    /// Somebody's id.
    func id(of name: String) async throws -> String {
        let runtime = try await parts.tenants.open(named: "desk")
        let person = try await runtime.database.write(as: .host) { session in
            try Username(name).flatMap { try People.person(withUsername: $0, HostWriter(session)) }
        }
        return try #require(person).id.rawValue
    }
}
