import PluginAPI
import PluginTestKit

/// A plugin with customers, staff of a branch, and somebody who runs it all.
struct Shop: Plugin {
    struct Settings: Described {
        var greeting: String
        static let schema = Schema.object(
            Self.init(greeting:), Field("greeting", \.greeting, .string(1...40), default: "Hello"))
    }

    static let readOrders = Permission("read:orders", "See orders")
    static let writeOrders = Permission("write:orders", "Take orders")

    static let manifest = Manifest<Self>(
        id: "shop", summary: "Orders.", dialect: .clinic, prefixes: ["/shop"], permissions: [readOrders, writeOrders],
        roles: [
            Role("customer", "Orders.", needs: .any, allows: [.init(readOrders, .own)]),
            Role("CLERK", "Sells.", needs: .passwordOrFederated, allows: [.init(readOrders, .branch)]),
            Role(
                "OWNER", "Runs the shop.", needs: .passwordOrFederated,
                allows: [.init(Permission("*:orders"), .tenant)], administersTenant: true),
        ],
        routes: [.get("/shop/greeting", .reading(Self.greeting), needs: .anyone(because: "everybody is greeted"))])

    let settings: Settings
    init(settings: Settings, services: Services) { self.settings = settings }

    struct Greeting: Described {
        var text: String
        static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string(1...40)))
    }

    func greeting(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Greeting {
        Greeting(text: settings.greeting)
    }
}

extension Portal {
    /// Somebody of the shop who signed in with a password.
    func somebody(
        _ role: String?, email: String, branch: String? = nil
    ) async throws -> (id: PersonID, caller: PluginTestKit.Caller) {
        let id = try await person(email: email, roles: role.map { [$0] } ?? [], branch: branch)
        return (id, .person(id, by: ["pwd"]))
    }
}
