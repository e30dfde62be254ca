import PluginAPI
import Testing

@testable import Host

@Suite struct `The limits of a route` {
    private let table = LimitTable()

    @Test func `take the place of the plugin's for the same key only`() throws {
        let address = try table.policy((100, 60), per: .address, name: "plugin-address")
        let person = try table.policy((300, 60), per: .person, name: "plugin-person")
        let own = [RateLimit(per: .address, [RateLimit.Window(5, each: .seconds(900))])]
        let plan = LimitPlan(general: [address, person], own: own, name: "sign-in", in: table)
        #expect(plan.fromHead.map(\.name) == ["plugin-person", "sign-in-address"])
        #expect(plan.fromHead.first?.id == person.id, "counts are shared with other routes")
        #expect(plan.fromInput.isEmpty)
    }

    @Test func `by a field are checked after decoding, at their place among the route's own`() throws {
        let window = RateLimit.Window(3, each: .seconds(3600))
        let own = [RateLimit(per: .tenant, [window]), RateLimit(per: .field("phone"), [window])]
        let plan = LimitPlan(general: [], own: own, name: "otp", in: table)
        #expect(plan.fromHead.map(\.name) == ["otp-tenant"])
        #expect(plan.fromInput.map(\.index) == [1])
        #expect(plan.fromInput.map(\.policy.name) == ["otp-phone"])
    }

    @Test func `count for each route by itself`() throws {
        let own = [RateLimit(per: .tenant, [RateLimit.Window(1, each: .seconds(60))])]
        let plans = ["a", "b"].map { LimitPlan(general: [], own: own, name: $0, in: table) }
        for plan in plans {
            let policy = try #require(plan.fromHead.first)
            #expect(table.check(policy, tenant: 1, key: .tenant, now: .at(0)).isAllowed)
            #expect(!table.check(policy, tenant: 1, key: .tenant, now: .at(0)).isAllowed)
        }
    }
}
