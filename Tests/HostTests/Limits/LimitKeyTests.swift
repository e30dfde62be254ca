import HTTPServer
import Testing
import Time

@testable import Host

@Suite struct `The key of a limit` {
    private func key(_ host: String) throws -> LimitKeyValue {
        .address(try #require(SocketAddress(host: host, port: 1)))
    }

    @Test func `is a whole IPv4 address`() throws {
        #expect(try key("192.0.2.1") == .ipv4(0xC000_0201))
        #expect(try key("192.0.2.1") != key("192.0.2.2"))
    }

    @Test func `is the upper half of an IPv6 address`() throws {
        let one = try key("2001:db8:1:2::1")
        #expect(one == .ipv6(0x2001_0DB8_0001_0002))
        #expect(try one == key("2001:db8:1:2:ffff:ffff:ffff:ffff"))
        #expect(try one != key("2001:db8:1:3::1"))
    }

    @Test func `is the IPv4 address where one is written as IPv6`() throws {
        #expect(try key("::ffff:192.0.2.1") == key("192.0.2.1"))
        #expect(try key("::1") == .ipv6(0))
    }

    @Test func `is never shared by two tenants, policies or values`() throws {
        let table = LimitTable()
        let policies = [try table.policy((1, 60)), try table.policy((1, 60))]
        let values: [LimitKeyValue] = [
            .text("a"), .text("b"), .text(""), .text("\0"), .text("12345678"), .text("12345678\0"), .tenant, .ipv4(1),
            .ipv6(1), .text("\u{E9}"), .text("e\u{301}"),
        ]
        for policy in policies {
            for tenant in [1, 2] as [UInt32] {
                for value in values {
                    #expect(table.check(policy, tenant: tenant, key: value, now: .at(0)).isAllowed)
                    #expect(!table.check(policy, tenant: tenant, key: value, now: .at(0)).isAllowed)
                }
            }
        }
        #expect(table.count == policies.count * 2 * values.count)
    }

    @Test func `is refused when it is longer than any name`() throws {
        let table = LimitTable()
        let policy = try table.policy((5, 60))
        #expect(table.check(policy, String(repeating: "x", count: LimitTable.longestKey), at: 0).isAllowed)
        let verdict = table.check(policy, String(repeating: "x", count: LimitTable.longestKey + 1), at: 0)
        #expect(!verdict.isAllowed)
        #expect(verdict.retryAfterSeconds == 1)
        #expect(table.count == 1)
    }
}
