import PluginAPI
import Testing

@testable import Host

@Suite struct `A tenant that demands second factors` {
    private static let customer = Role("customer", "", needs: .any, allows: [])
    private static let staff = Role("STAFF", "", needs: .passwordOrFederated, allows: [])

    @Test(arguments: [
        (SecondFactorDemand.nobody, ["pwd"], true, true), (.nobody, ["sms"], true, false),
        (.staff, ["pwd"], true, false), (.staff, ["pwd", "mfa", "otp"], true, true),
        (.staff, ["sms", "mfa"], true, false),
        (.everybody, ["sms"], false, false), (.everybody, ["pwd"], false, false),
        (.everybody, ["fed", "mfa"], true, true),
    ])
    func `grants roles to the sessions that meet it`(
        demand: SecondFactorDemand, methods: [String], customers: Bool, staff: Bool
    ) {
        #expect(Self.customer.isSatisfied(by: Set(methods), demand: demand) == customers)
        #expect(Self.staff.isSatisfied(by: Set(methods), demand: demand) == staff)
    }

    @Test func `lets a session without one set it up and do no more`() async throws {
        try await withPortal(settings: AuthSettings(secondFactorFor: .staff)) { portal in
            try await portal.giveSamAPassword()
            let answer = try await portal.login()
            #expect(answer.permissions.isEmpty)
            let facts = try #require(try portal.caller(answer.accessToken).facts)
            #expect(facts.principal(for: "surgery").grants.isEmpty)
            let enrolment = try await portal.auth.enrolFactor(of: facts.person, origin: SignInDesk.origin())
            #expect(!enrolment.secret.isEmpty)
            try await portal.host { try Sessions.add(methods: ["mfa", "otp"], to: facts.session ?? "", $0) }
            let proven = try #require(try portal.caller(answer.accessToken).facts)
            #expect(proven.principal(for: "surgery").reach(of: Surgery.run) == .branches(["east"]))
        }
    }
}
