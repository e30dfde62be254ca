import PluginAPI
import Testing

@testable import Host

@Suite struct `The budget for texted codes` {
    private func phone(_ number: Int, country: Int = 1) throws -> Phone {
        try #require(Phone("+\(country)55502\(10_000 + number)"))
    }

    private func told(_ portal: SignInDesk) async throws -> [String] {
        try await portal.host {
            try $0.values(
                "SELECT subject_kind || ' ' || subject_id FROM portico_audit WHERE action = 'sms.budget-spent'")
        }
    }

    @Test func `of a number is a setting, and counts whoever has the number`() async throws {
        try await withPortal { portal in
            var budget = SMSBudget()
            budget.perNumberPerHour = 2
            budget.perNumberPerDay = 3
            for phone in [SignInDesk.john, SignInDesk.nobody] {
                var spent: [SMSSpending.Scope?] = []
                for minute in 0..<4 {
                    spent.append(try await portal.ask(phone, after: .seconds(minute * 60), budget: budget))
                }
                #expect(spent == [nil, nil, .number, nil], "told of once, the same for a number nobody has")
                #expect(try await portal.ask(phone, after: .seconds(3800), budget: budget) == nil)
                #expect(try await portal.ask(phone, after: .seconds(9000), budget: budget) == nil)
            }
            #expect(portal.sent.all.count == 3, "two in the first hour, a third in the day")
            #expect(try await told(portal) == ["sms-number …0001", "sms-number …9999"])
        }
    }

    @Test func `of a prefix holds for numbers that begin alike, and no other`() async throws {
        try await withPortal { portal in
            var budget = SMSBudget()
            budget.perPrefixPerDay = 5
            for number in 0..<5 {
                #expect(try await portal.ask(phone(number), open: true, budget: budget) == nil)
            }
            #expect(try await portal.ask(phone(5), open: true, budget: budget) == .prefix)
            #expect(try await portal.ask(phone(6), open: true, budget: budget) == nil, "told of once a day")
            #expect(portal.sent.all.count == 5)
            #expect(try await portal.ask(phone(7, country: 49), open: true, budget: budget) == nil)
            #expect(portal.sent.all.count == 6)
            #expect(try await told(portal) == ["sms-prefix +155502"])
            // A whole day and the hour it began in must have passed.
            for (hours, sent) in [(23, 6), (26, 7)] {
                _ = try await portal.ask(phone(8), after: .seconds(hours * 3600), open: true, budget: budget)
                #expect(portal.sent.all.count == sent)
            }
        }
    }

    @Test func `of the tenant holds for all numbers together`() async throws {
        try await withPortal { portal in
            var budget = SMSBudget()
            budget.perTenantPerDay = 4
            for number in 0..<4 {
                #expect(try await portal.ask(phone(number, country: number + 1), open: true, budget: budget) == nil)
            }
            #expect(try await portal.ask(phone(9, country: 9), open: true, budget: budget) == .tenant)
            #expect(try await portal.ask(SignInDesk.john, budget: budget) == nil)
            #expect(portal.sent.all.count == 4)
            #expect(try await told(portal) == ["sms-tenant all"])
            // The day after, it is told of again.
            for number in 10..<14 {
                _ = try await portal.ask(phone(number), after: .seconds(30 * 3600), open: true, budget: budget)
            }
            #expect(portal.sent.all.count == 8)
            #expect(try await portal.ask(phone(14), after: .seconds(30 * 3600), open: true, budget: budget) == .tenant)
        }
    }

    @Test func `is not spent by asking for codes to numbers that nobody has`() async throws {
        try await withPortal { portal in
            var budget = SMSBudget()
            budget.perPrefixPerDay = 3
            budget.perTenantPerDay = 3
            for number in 0..<20 { #expect(try await portal.ask(phone(number), budget: budget) == nil) }
            #expect(portal.sent.all.isEmpty)
            _ = try await portal.ask(SignInDesk.john, budget: budget)
            #expect(portal.sent.all.count == 1)
        }
    }

    @Test func `is forgotten when no day counts it any more`() async throws {
        try await withPortal { portal in
            var budget = SMSBudget()
            budget.perTenantPerDay = 1
            for number in 0..<2 { _ = try await portal.ask(phone(number), open: true, budget: budget) }
            #expect(try await portal.count("portico_sms_spending") == 2)
            #expect(try await portal.count("portico_sms_spent") == 1)
            try await portal.host { try SMSSpending.trim(now: SignInDesk.start + .seconds(23 * 3600), $0) }
            #expect(try await portal.count("portico_sms_spending") == 2)
            try await portal.host { try SMSSpending.trim(now: SignInDesk.start + .seconds(26 * 3600), $0) }
            #expect(try await portal.count("portico_sms_spending") == 0)
            #expect(try await portal.count("portico_sms_spent") == 0)
        }
    }
}
