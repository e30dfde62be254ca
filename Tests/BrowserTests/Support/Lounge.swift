import PluginAPI
import PluginTestKit

/// A plugin whose people sign in by password or phone.
struct Lounge: Plugin {
    struct Account: Described {
        let id: PersonID
        static let schema = Schema.object(Self.init(id:), Field("id", \.id, PersonID.schema))
    }

    static let manifest = Manifest<Self>(
        id: "lounge", summary: "A lounge.", dialect: .envelope, prefixes: ["/lounge"],
        permissions: [Permission("see:lounge", "See the lounge")],
        roles: [Role("member", "Comes.", needs: .any, allows: [.init(Permission("see:lounge"), .own)])],
        signIns: [
            .password(.under("/lounge/auth"), roles: ["member"], member: "account", account: Self.account),
            .phone(
                PhoneSignInPaths(
                    request: "/lounge/phone", verify: "/lounge/phone/verify", refresh: "/lounge/phone/refresh",
                    logout: "/lounge/phone/logout"),
                role: "member", member: "account", account: Self.phoned, enrol: Self.enrol),
        ], routes: [])

    init(settings: Nothing, services: Services) {}

    func account(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> Account {
        Account(id: signedIn.person)
    }

    func phoned(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> Account { Account(id: person) }

    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws {}
}
