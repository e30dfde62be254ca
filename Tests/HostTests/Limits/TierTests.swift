import PluginAPI
import PluginTestKit
import Testing

@testable import Host

/// A plugin with customers in tiers, and a clerk who is in none.
private struct Club: Plugin {
    static let visit = Permission("read:club", "Visit")
    static let manifest = Manifest<Self>(
        id: "club", summary: "A club.", dialect: .envelope, prefixes: ["/club"], permissions: [visit],
        roles: [
            Role("customer", "", needs: .any, allows: [.init(visit, .own)]),
            Role("clerk", "", needs: .passwordOrFederated, allows: [.init(visit, .tenant)]),
        ],
        routes: [
            .get("/club/hours", .reading(Self.hours), needs: .anyone(because: "test")),
            .get("/club/me", .reading(Self.me), needs: .member),
            .get(
                "/club/bar", .reading(Self.me), needs: .member, limits: [.per(.person, .init(3, each: .seconds(60)))]),
            .put(
                "/club/plan", .transactional(Self.choose), needs: .member,
                limits: [.per(.person, .init(9, each: .seconds(60)))]),
        ],
        pages: [PageRoute("/club/page", "Club", Self.page)],
        limits: [RateLimit(per: .person, [.init(300, each: .seconds(60))])], tiered: ["customer"])

    struct Choice: Described {
        var plan: Plan
        static let schema = Schema.object(Self.init(plan:), Field("plan", \.plan, Plan.schema))
    }

    init(settings: Nothing, services: Services) {}
    func hours(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Named { Named(id: "all") }
    func me(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Choice {
        Choice(plan: try tx.plan(of: call.caller.id) ?? .free)
    }
    func choose(_ choice: Choice, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Choice {
        try tx.set(plan: choice.plan, of: call.caller.id)
        return Choice(plan: try tx.plan(of: call.caller.id) ?? .free)
    }
    func page(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML { "<h1>Club</h1>" }
}

@Suite struct `A customer in a tier` {
    private func withClub(
        tenant: JSON = [:], _ body: (PluginTestKit.Portal, PluginTestKit.Caller) async throws -> Void
    ) async throws {
        try await withPlugin(Club.self, tenant: tenant) { portal in
            try await body(portal, .person(try await portal.person(roles: ["customer"]), by: ["sms"]))
        }
    }

    @Test func `without a plan gets a hundred answers in an hour, and is told so`() async throws {
        try await withClub { portal, customer in
            for number in 1...100 {
                let answer = await portal.send("GET", "/club/me", as: customer)
                #expect(answer.status == 200, "\(answer.text)")
                #expect(answer.headers["x-ratelimit-tier"] == "free")
                #expect(answer.headers["x-ratelimit-limit"] == "100")
                #expect(answer.headers["x-ratelimit-remaining"] == "\(100 - number)")
                portal.clock.advance(by: .seconds(1))
            }
            let refused = await portal.send("GET", "/club/me", as: customer)
            #expect(refused.status == 429)
            #expect(refused.code == "RATE_LIMIT_EXCEEDED")
            #expect(refused.headers["x-ratelimit-tier"] == "free")
            // The first of the hundred is forgotten an hour and at most a minute after it.
            let wait = try #require(refused.headers["retry-after"].flatMap { Int($0) })
            #expect((3500...3560).contains(wait))
            #expect(refused.headers["x-ratelimit-retry-after"] == "\(wait)")
            let other = PluginTestKit.Caller.person(try await portal.person(roles: ["customer"]), by: ["sms"])
            #expect(await portal.send("GET", "/club/me", as: other).headers["x-ratelimit-remaining"] == "99")
            portal.clock.advance(by: .seconds(wait))
            #expect(await portal.send("GET", "/club/me", as: customer).status == 200)
        }
    }

    @Test func `is counted by a new plan with the very next request`() async throws {
        try await withClub { portal, customer in
            for _ in 0..<10 { await portal.send("GET", "/club/me", as: customer) }
            #expect(await portal.send("GET", "/club/me", as: customer).status == 429)
            #expect(await portal.send("PUT", "/club/plan", ["plan": "premium"], as: customer).status == 200)
            let answer = await portal.send("GET", "/club/me", as: customer)
            #expect(answer.status == 200)
            #expect(answer.body["data"]?["plan"] == "premium")
            #expect(answer.headers["x-ratelimit-tier"] == "premium")
            #expect(answer.headers["x-ratelimit-limit"] == "2000")
            #expect(await portal.send("PUT", "/club/plan", ["plan": "gold"], as: customer).status == 400)
            #expect(await portal.send("PUT", "/club/plan", ["plan": "free"], as: customer).status == 200)
            #expect(await portal.send("GET", "/club/me", as: customer).status == 429, "what was counted still is")
        }
    }

    @Test func `may ask ten times in a second, and not eleven times`() async throws {
        try await withClub { portal, customer in
            for _ in 0..<10 { #expect(await portal.send("GET", "/club/me", as: customer).status == 200) }
            let refused = await portal.send("GET", "/club/me", as: customer)
            #expect(refused.status == 429)
            #expect(refused.headers["x-ratelimit-limit"] == "10")
            #expect(refused.headers["x-ratelimit-tier"] == "free")
            #expect(refused.headers["retry-after"] == "2")
            portal.clock.advance(by: .seconds(2))
            #expect(await portal.send("GET", "/club/me", as: customer).headers["x-ratelimit-limit"] == "100")
        }
    }

    @Test func `has the numbers that the tenant chose`() async throws {
        let tiers: JSON = ["limits": ["tiers": ["free": ["perHour": 3]]]]
        try await withClub(tenant: tiers) { portal, customer in
            for _ in 0..<3 {
                let answer = await portal.send("GET", "/club/me", as: customer)
                #expect(answer.status == 200 && answer.headers["x-ratelimit-limit"] == "3")
            }
            #expect(await portal.send("GET", "/club/me", as: customer).status == 429)
            await portal.send("PUT", "/club/plan", ["plan": "standard"], as: customer)
            #expect(await portal.send("GET", "/club/me", as: customer).headers["x-ratelimit-limit"] == "500")
        }
    }

    @Test func `is counted by the route's own limit where it has one, and on pages by address`() async throws {
        try await withClub { portal, customer in
            let own = await portal.send("GET", "/club/bar", as: customer)
            #expect(own.headers["x-ratelimit-limit"] == "3" && own.headers["x-ratelimit-tier"] == nil)
            let page = await portal.send("GET", "/club/page", as: customer)
            #expect(page.status == 200)
            #expect(page.headers["x-ratelimit-limit"] == "600" && page.headers["x-ratelimit-tier"] == nil)
            #expect(await portal.send("GET", "/club/me", as: customer).headers["x-ratelimit-remaining"] == "99")
            #expect(await portal.send("GET", "/club/hours", as: customer).headers["x-ratelimit-remaining"] == "98")
        }
    }

    @Test func `is nobody who is staff, signed in to no role, or a stranger`() async throws {
        try await withPlugin(Club.self) { portal in
            let clerk = try await portal.person(roles: ["clerk"])
            let both = try await portal.person(roles: ["customer", "clerk"])
            let nobody = try await portal.person()
            let callers: [PluginTestKit.Caller] = [.person(clerk), .person(both), .person(nobody), .stranger]
            for caller in callers {
                let answer = await portal.send("GET", "/club/hours", as: caller)
                #expect(answer.headers["x-ratelimit-limit"] == "300" && answer.headers["x-ratelimit-tier"] == nil)
            }
            // A texted code yields no staff role.
            let answer = await portal.send("GET", "/club/hours", as: .person(both, by: ["sms"]))
            #expect(answer.headers["x-ratelimit-tier"] == "free")
        }
    }
}

@Suite struct `The limits of tiers` {
    @Test func `are compiled once for the same plan and numbers`() throws {
        let tiers = TierPolicies(LimitTable())
        let first = tiers.limits(TierTable())
        var other = TierTable()
        other.free.perHour = 7
        let second = tiers.limits(other)
        #expect(first.free?.id != second.free?.id)
        #expect(first.premium?.id == second.premium?.id)
        #expect(first.free?.id != first.standard?.id)
        #expect(tiers.limits(TierTable()).free?.id == first.free?.id)
        // Two plans with the same numbers are told apart.
        other.free = other.standard
        let third = tiers.limits(other)
        #expect(third.free?.id != third.standard?.id)
        #expect(tiers.count == 5)
    }

    @Test func `are forgotten from the least recently used on when there are too many`() throws {
        let tiers = TierPolicies(LimitTable(), capacity: 6)
        let first = tiers.limits(TierTable())
        for hour in 1...20 {
            var table = TierTable()
            table.free.perHour = hour
            _ = tiers.limits(table)
            #expect(tiers.count <= 6)
        }
        let again = tiers.limits(TierTable())
        #expect(again.premium?.id == first.premium?.id && again.free?.id != first.free?.id)
    }

    @Test(arguments: ["perHour", "perDay", "perSecond"]) func `are refused where they limit to nothing`(
        field: String
    ) throws {
        let document = try JSONDocument(Array(#"{"free":{"\#(field)":0}}"#.utf8))
        do {
            _ = try TierTable.schema.decode(.json(document.root))
            Issue.record("0 was taken")
        } catch {
            #expect(error.mistakes.map(\.field) == ["free.\(field)"])
        }
    }

    @Test func `belong to roles that the manifest declares`() {
        struct Wrong: Plugin {
            static let manifest = Manifest<Self>(
                id: "wrong", summary: "", dialect: .bare, prefixes: ["/wrong"], routes: [], tiered: ["guest", "guest"])
            init(settings: Nothing, services: Services) {}
        }
        #expect(
            PluginDefinition(Wrong.self).faults == [
                "the role guest is in tiers, but not declared", "the role guest is in tiers, but not declared",
                "the tiered role guest is declared twice",
            ])
    }
}
