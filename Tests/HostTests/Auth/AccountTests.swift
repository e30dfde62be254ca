import PluginAPI
import Testing

@testable import Host

private struct Missing: Error {}

@Suite struct Accounts {
    private let email = Email("Ann@Example.com")

    @Test func `are found by id, phone, e-mail and user name, whatever the case`() async throws {
        try await withPortal { portal in
            let email = email
            let id = try await portal.host {
                try People.add(
                    givenName: "Ann", familyName: "Lee", email: email, phone: SignInDesk.nobody,
                    username: Username("Ann.Lee"),
                    language: Language("de"), SignInDesk.origin(), $0)
            }
            let ann = Person(
                id: id, givenName: "Ann", familyName: "Lee", email: Email("ann@example.com"), phone: SignInDesk.nobody,
                language: Language("de"), createdAt: SignInDesk.start, username: "ann.lee")
            let found = try await portal.host { host in
                [
                    try People.person(id, host), try People.person(withPhone: SignInDesk.nobody, host),
                    try email.flatMap { try People.person(withEmail: $0, host) },
                    try Username("ANN.LEE").flatMap { try People.person(withUsername: $0, host) },
                ]
            }
            #expect(found == [ann, ann, ann, ann])
        }
    }

    @Test func `share no identifier`() async throws {
        try await withPortal { portal in
            let fault = try await storeFault {
                try await portal.host {
                    _ = try People.add(givenName: "J", familyName: "D", phone: SignInDesk.john, SignInDesk.origin(), $0)
                }
            }
            guard case .unique(let columns)? = fault else { throw Missing() }
            #expect(columns.contains("portico_identifier.value"))
            let people = try await portal.count("portico_person")
            #expect(people == 2)
        }
    }

    @Test func `change field by field, and a new phone counts as unproven`() async throws {
        try await withPortal { portal in
            let john = try await portal.signIn().person
            var change = PersonChange()
            change.familyName = .set("Roe")
            change.phone = .set(SignInDesk.john)
            try await portal.host { [change] in try People.change(john, change, SignInDesk.origin(), $0) }
            #expect(try await portal.count("portico_identifier WHERE verified_at IS NOT NULL") == 1, "the same phone")
            change.phone = .set(SignInDesk.nobody)
            try await portal.host { [change] in try People.change(john, change, SignInDesk.origin(), $0) }
            #expect(try await portal.count("portico_identifier WHERE verified_at IS NOT NULL") == 0)
            let person = try await portal.host { try People.person(john, $0) }
            #expect(person?.givenName == "John" && person?.familyName == "Roe" && person?.phone == SignInDesk.nobody)
            change.phone = .clear
            try await portal.host { [change] in try People.change(john, change, SignInDesk.origin(), $0) }
            let phone = try await portal.host { try People.person(john, $0)?.phone }
            #expect(phone == nil)
            #expect(try await portal.person(SignInDesk.john) == nil)
        }
    }

    @Test func `refuse user names that are empty or hold spaces`() {
        #expect(Username("a b") == nil && Username("") == nil && Username("a\u{0}") == nil)
        #expect(Username("John.Doe")?.text == "john.doe")
    }
}

@Suite struct `Roles of a session` {
    private let plugin = PluginDefinition(Surgery.self)
    private let ann = PersonID(rawValue: "usr_ann")

    private func grants(_ held: [HeldRole], _ methods: Set<String>) -> [Grant] {
        Roles.grants(held, of: ann, in: plugin, methods: methods, demand: .nobody)
    }

    @Test func `are those its methods satisfy`() {
        let held = ["customer", "STAFF", "ADMIN"].map { HeldRole(plugin: "surgery", role: $0, branch: "east") }
        #expect(grants(held, ["sms"]) == [Grant(Surgery.read, .own(ann))])
        #expect(grants(held, []) == [])
        for method in ["pwd", "fed"] {
            #expect(
                grants(held, [method]) == [
                    Grant(Surgery.read, .branches(["east"])), Grant(Surgery.run, .branches(["east"])),
                    Grant(Permission("read:*"), .tenant),
                ])
        }
    }

    @Test func `reach the branches they were granted at, all together, or everywhere`() {
        let east = HeldRole(plugin: "surgery", role: "STAFF", branch: "east")
        let west = HeldRole(plugin: "surgery", role: "STAFF", branch: "west")
        let everywhere = HeldRole(plugin: "surgery", role: "STAFF")
        #expect(grants([east, west], ["pwd"]).first == Grant(Surgery.read, .branches(["east", "west"])))
        #expect(grants([east, everywhere], ["pwd"]).first == Grant(Surgery.read, .tenant))
    }

    @Test func `are none of another plugin or that the plugin no longer has`() {
        #expect(grants([HeldRole(plugin: "ledger", role: "customer")], ["sms"]) == [])
        #expect(grants([HeldRole(plugin: "surgery", role: "gone")], ["sms"]) == [])
    }
}

@Suite struct `Housekeeping of sessions` {
    @Test func `forgets what is long over and nothing else`() async throws {
        try await withPortal { portal in
            let first = try await portal.signIn()
            let second = try await portal.auth.refresh(first.refreshToken, origin: SignInDesk.origin(.seconds(1)))
            let live = try await portal.signIn(after: .seconds(60 * 86_400))
            func trim(_ days: Int) async throws {
                try await portal.host { try Sessions.trim(now: SignInDesk.start + .seconds(days * 86_400), $0) }
            }
            try await trim(6)
            #expect(try await portal.count("portico_refresh_token") == 3)
            try await trim(8)
            #expect(try await portal.count("portico_refresh_token") == 2, "the used one is forgotten")
            #expect(try await portal.count("portico_code_sending") == 1)
            try await trim(59)
            #expect(try await portal.count("portico_session") == 2)
            try await trim(61)
            #expect(try await portal.count("portico_session") == 1)
            #expect(try await portal.count("portico_refresh_token") == 1)
            #expect(second.person == live.person)
            #expect(try portal.caller(live.accessToken, after: .seconds(60 * 86_400 + 1)).facts != nil)
        }
    }
}
