import Crypto
import PluginAPI
import PluginTestKit
import Testing

/// A plugin with customers, who sign in by password or phone and may register, and with staff.
struct Club: Plugin {
    struct Account: Described {
        let id: PersonID
        static let schema = Schema.object(Self.init(id:), Field("id", \.id, PersonID.schema))
    }

    struct Greeting: Described {
        let text: String
        static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string()))
    }

    static let see = Permission("see:club", "See the club")

    static let manifest = Manifest<Self>(
        id: "club", summary: "A club.", dialect: .envelope, prefixes: ["/club"], permissions: [see],
        roles: [
            Role("member", "Comes.", needs: .any, allows: [.init(see, .own)]),
            Role(
                "STAFF", "Runs it.", needs: .passwordOrFederated, allows: [.init(see, .tenant)], administersTenant: true
            ),
        ],
        signIns: [
            .password(.under("/club/auth"), roles: ["STAFF", "member"], member: "account", account: Self.account)
                .registering(at: "/club/auth/register", as: "member", enrol: Self.enrol),
            .phone(
                PhoneSignInPaths(
                    request: "/club/phone", verify: "/club/phone/verify", refresh: "/club/phone/refresh",
                    logout: "/club/phone/logout"),
                role: "member", member: "account", account: Self.phoned, enrol: Self.enrol),
        ],
        routes: [.get("/club/hall", .reading(Self.hall), needs: .listing(see))])

    init(settings: Nothing, services: Services) {}

    func account(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> Account {
        Account(id: signedIn.person)
    }

    func phoned(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> Account { Account(id: person) }

    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws {}

    func hall(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Greeting {
        _ = call.reach
        return Greeting(text: "Welcome")
    }
}

/// Jane, a member with a phone, and Sam of the staff, in a club.
struct Members {
    static let password = "Right#Passage-1"
    static let another = "New#Passage-22"
    static let phone = "+15550100001"

    let portal: Portal
    let jane: PersonID
    let sam: PersonID

    /// - Parameter tenant: further members of the tenant's file.
    static func with(
        tenant: JSON = [:], over transport: Transport = .process, _ body: (Members) async throws -> Void
    ) async throws {
        try await withPlugin(Club.self, tenant: tenant, over: transport) { portal in
            let jane = try await portal.person(
                givenName: "Jane", familyName: "Doe", phone: phone, email: "jane@club.example", username: "jane.d",
                password: password, roles: ["member"])
            let sam = try await portal.person(
                givenName: "Sam", familyName: "Low", email: "sam@club.example", username: "sam", password: password,
                roles: ["STAFF"])
            try await body(Members(portal: portal, jane: jane, sam: sam))
            #expect(portal.faults == [])
        }
    }

    /// Sets an authenticator up, by the host's own API.
    func enrol(_ person: PersonID) async throws -> Authenticator {
        let caller = PluginTestKit.Caller.person(person, by: ["pwd"])
        let made = await portal.send("POST", "/_portico/v1/me/2fa/enable", [:], as: caller)
        let secret = try #require(made.body["secret"]?.string)
        let app = Authenticator(
            totp: try TOTP(secret: SecretBytes(try #require(Base32.decode(secret)))), clock: portal.clock)
        let proof = await portal.send("POST", "/_portico/v1/me/2fa/verify", ["code": .string(app.code())], as: caller)
        let codes = try #require(proof.body["recoveryCodes"]).elements.compactMap(\.string)
        // The step of the proof is spent.
        portal.clock.advance(by: .seconds(30))
        return Authenticator(totp: app.totp, clock: portal.clock, recoveryCodes: codes)
    }

    /// The address in the newest letter to somebody that has one, as path and query.
    func link(to address: String) async throws -> String {
        await portal.work()
        // Other letters of the same moment tell what happened to the account.
        let letter = try #require(await portal.outbox.email.last { $0.to == address && $0.body.contains("?token=") })
        let line = try #require(letter.body.split(separator: "\n").first { $0.contains("?token=") })
        return "/"
            + line.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)[2].split(
                separator: "/", maxSplits: 1)[1]
    }
}

/// An authenticator app.
struct Authenticator {
    let totp: TOTP
    let clock: TestClock
    var recoveryCodes: [String] = []

    /// What it shows now.
    func code() -> String { totp.code(at: clock.now.seconds) }

    /// A code that it shows at no time near.
    func wrong() -> String {
        let near = (-3...3).map { totp.code(at: clock.now.seconds + $0 * 30) }
        return ["000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777"].first {
            !near.contains($0)
        } ?? "888888"
    }
}

/// What the kit's requests are answered with.
typealias Answer = PluginTestKit.Answer
