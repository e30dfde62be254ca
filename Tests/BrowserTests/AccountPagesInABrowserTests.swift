import Crypto
import PluginAPI
import PluginTestKit
import Testing
import Workers

@Suite(.serialized) struct `The account's pages in a browser` {
    private static let password = "Right#Passage-1"
    private static let another = "New#Passage-22"

    private func withPortal(_ body: (Portal, PersonID) async throws -> Void) async throws {
        try await withPlugin(Lounge.self, tenant: ["name": "Harbour Lounge"], over: .socket) { portal in
            let jane = try await portal.person(
                givenName: "Jane", phone: "+15550100001", email: "jane@lounge.example", username: "jane",
                password: Self.password, roles: ["member"])
            try await body(portal, jane)
            #expect(portal.faults == [])
        }
    }

    private func enrol(_ person: PersonID, _ portal: Portal) async throws -> TOTP {
        let caller = PluginTestKit.Caller.person(person, by: ["pwd"])
        let made = await portal.send("POST", "/_portico/v1/me/2fa/enable", [:], as: caller)
        let secret = try #require(Base32.decode(made.body["secret"]?.string ?? ""))
        let totp = try TOTP(secret: SecretBytes(secret))
        let code = totp.code(at: portal.clock.now.seconds)
        let proof = await portal.send("POST", "/_portico/v1/me/2fa/verify", ["code": .string(code)], as: caller)
        #expect(proof.status == 200)
        portal.clock.advance(by: .seconds(30))
        return totp
    }

    @Test(arguments: [true, false]) func `sign in by password and authenticator`(hasScripts: Bool) async throws {
        try await withPortal { portal, jane in
            let totp = try await enrol(jane, portal)
            try await withTab(of: portal, hasScripts: hasScripts) { tab in
                try await tab.open("/me/security")
                #expect(try await tab.path() == "/sign-in?next=/me/security")
                try await tab.type("jane", into: "#name")
                try await tab.type(Self.password, into: "#password")
                try await tab.loading { try await tab.press(.enter) }
                #expect(try await tab.text().contains("One more step"))
                try await tab.type("000000", into: "#code")
                try await tab.loading { try await tab.press(.enter) }
                #expect(try await tab.text().contains("The code is wrong"))
                try await tab.type(totp.code(at: portal.clock.now.seconds), into: "#code")
                try await tab.loading { try await tab.click("form button") }
                #expect(try await tab.path() == "/me/security")
                #expect(try await tab.text().contains("jane@lounge.example, confirmed."))
                try await tab.open("/sign-out")
                try await tab.loading { try await tab.click("form button") }
                try await tab.open("/me/security")
                #expect(try await tab.path() == "/sign-in?next=/me/security")
            }
        }
    }

    @Test(arguments: [true, false]) func `reset a forgotten password`(hasScripts: Bool) async throws {
        try await withPortal { portal, _ in
            try await withTab(of: portal, hasScripts: hasScripts) { tab in
                try await tab.open("/sign-in")
                try await tab.loading { try await tab.click("a[href='/forgot-password']") }
                try await tab.type("jane@lounge.example", into: "#name")
                try await tab.loading { try await tab.press(.enter) }
                #expect(try await tab.text().contains("a link is on its way"))
                await portal.work()
                let letter = try #require(await portal.outbox.email.last)
                let line = try #require(letter.body.split(separator: "\n").first { $0.contains("?token=") })
                let path = try #require(line.firstRange(of: "/reset-password")).lowerBound
                try await tab.open(String(line[path...]))
                try await tab.type(Self.another, into: "#password")
                try await tab.type(Self.another, into: "#again")
                try await tab.loading { try await tab.press(.enter) }
                #expect(try await tab.text().contains("Your password is set."))
                try await tab.type("jane", into: "#name")
                try await tab.type(Self.another, into: "#password")
                try await tab.loading { try await tab.press(.enter) }
                #expect(try await tab.path() == "/me/sessions")
            }
        }
    }

    @Test func `are used by the keyboard alone, in the order in which they are read`() async throws {
        try await withPortal { portal, _ in
            try await withTab(of: portal) { tab in
                try await tab.open("/sign-in")
                var order: [String] = []
                for step in 0..<4 {
                    try await tab.press(.tab)
                    order.append(
                        try await tab.value("document.activeElement.id || document.activeElement.name").string ?? "")
                    let outline = try await tab.value("getComputedStyle(document.activeElement).outlineStyle")
                    #expect(outline == "solid", "the focus is seen at \(order)")
                    switch step {
                    case 0: try await tab.write("jane")
                    case 1: try await tab.write(Self.password)
                    case 2: try await tab.press(.space)
                    default: break
                    }
                }
                #expect(order == ["name", "password", "remember", ""])
                #expect(try await tab.value("document.activeElement.tagName") == "BUTTON")
                #expect(try await tab.value("document.querySelector('[name=remember]').checked") == true)
                try await tab.loading { try await tab.press(.enter) }
                #expect(try await tab.path() == "/me/sessions")
            }
        }
    }

    @Test func `fit every screen, and tell assistive programs what everything is`() async throws {
        try await withPortal { portal, jane in
            try await withTab(of: portal) { tab in
                try await tab.look(at: "sign-in") { try await tab.open("/sign-in") }
                try await tab.look(at: "sign-in-wrong") {
                    try await tab.open("/sign-in")
                    try await tab.type("jane", into: "#name")
                    try await tab.type("Wrong#Passage-1", into: "#password")
                    try await tab.loading { try await tab.press(.enter) }
                }
                try await tab.look(at: "forgot-password") { try await tab.open("/forgot-password") }
                try await tab.look(at: "reset-password") { try await tab.open("/reset-password?token=abc") }
                try await tab.look(at: "accept-invitation-spent") { try await tab.open("/accept-invitation") }
                try await tab.look(at: "verify-email") { try await tab.open("/verify-email?token=abc") }
                try await tab.open("/sign-in")
                try await tab.type("jane", into: "#name")
                try await tab.type(Self.password, into: "#password")
                try await tab.loading { try await tab.press(.enter) }
                try await tab.look(at: "sessions") { try await tab.open("/me/sessions") }
                try await tab.look(at: "sign-out") { try await tab.open("/sign-out") }
                try await tab.look(at: "security-off") { try await tab.open("/me/security") }
                try await tab.open("/me/security")
                try await tab.look(at: "authenticator", isOpen: true) {
                    try await tab.loading { try await tab.click("form[action='/me/security/authenticator'] button") }
                }
                let shown = try await tab.value("document.querySelector('.secret').textContent").string ?? ""
                let secret = try #require(Base32.decode(shown.filter { $0 != " " }))
                let totp = try TOTP(secret: SecretBytes(secret))
                try await tab.type(totp.code(at: portal.clock.now.seconds), into: "#code")
                try await tab.look(at: "recovery-codes", isOpen: true) {
                    try await tab.loading { try await tab.press(.enter) }
                }
                try await tab.look(at: "security-on") { try await tab.open("/me/security") }
                try await tab.open("/sign-out")
                try await tab.loading { try await tab.click("form button") }
                try await tab.look(at: "second-step") {
                    try await tab.open("/sign-in")
                    try await tab.type("jane", into: "#name")
                    try await tab.type(Self.password, into: "#password")
                    try await tab.loading { try await tab.press(.enter) }
                }
            }
            _ = jane
        }
    }
}
