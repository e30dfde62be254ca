import MedicalOpinion
import PluginAPI
import PluginTestKit
import Testing

@Suite(.serialized) struct `A customer's case in a browser` {
    private static let password = "Right#Passage-1"
    private typealias Caller = PluginTestKit.Caller

    /// A portal in which John's opinion is signed.
    private func withCase(_ body: (Portal, String) async throws -> Void) async throws {
        try await withPlugin(MedicalOpinion.self, tenant: ["name": "Meridian"], over: .socket) { portal in
            let john = try await portal.person(
                givenName: "John", familyName: "Doe", email: "john@example.com", username: "john",
                password: Self.password, roles: ["customer"])
            let boss = Caller.person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
            let sarah = try await portal.person(
                givenName: "Sarah", familyName: "Johnson", email: "sarah@example.com", roles: ["expert"])
            await portal.send(
                "POST", "/v1/staff/professionals",
                [
                    "personId": .string(sarah.rawValue), "title": "Interventional Cardiologist",
                    "specialties": ["Cardiology"], "languages": ["en"],
                ], as: boss)
            let sent = await portal.send(
                "POST", "/v1/portal/cases",
                [
                    "specialty": "Cardiology", "question": "Is surgery needed?",
                    "description":
                        "The scan of May, and a-very-long-word-without-any-space-as-laboratories-write-them-0123456789.",
                ], as: .person(john))
            let number = try #require(sent.body["data"]?["caseNumber"]?.string)
            let path = "/v1/staff/cases/\(number)"
            await portal.send("POST", path + "/assign", ["professionalId": .string(sarah.rawValue)], as: boss)
            let signed = await portal.send(
                "POST", path + "/opinion",
                [
                    "text": "No surgery at present.\n\nThe plaque is stable.", "summary": "You need no operation now.",
                    "findings": "A stable plaque of 40 %.", "recommendations": "Walk daily; come again in a year.",
                ], as: .person(sarah))
            #expect(signed.status == 201)
            await portal.send("POST", path + "/addenda", ["text": "The new values agree."], as: .person(sarah))
            await portal.send(
                "POST", "/v1/staff/consents",
                [
                    "kind": "health_data", "required": true,
                    "texts": [["language": "en", "title": "Your health", "text": "We keep what you send us."]],
                ], as: boss)
            try await body(portal, number)
            #expect(portal.faults == [])
        }
    }

    private func signIn(_ tab: Tab) async throws {
        try await tab.type("john", into: "#name")
        try await tab.type(Self.password, into: "#password")
        try await tab.loading { try await tab.press(.enter) }
    }

    @Test(arguments: [true, false]) func `is read, asked about, rated and closed`(hasScripts: Bool) async throws {
        try await withCase { portal, number in
            try await withTab(of: portal, hasScripts: hasScripts) { tab in
                try await tab.open("/portal/cases/\(number)")
                #expect(try await tab.path() == "/sign-in?next=/portal/cases/\(number)")
                try await signIn(tab)
                #expect(try await tab.path() == "/portal/cases/\(number)")
                #expect(try await tab.text().contains("You need no operation now."))
                try await tab.type("May I swim?", into: "#follow-up")
                try await tab.loading { try await tab.click("form[action$='/follow-ups'] button") }
                #expect(try await tab.path() == "/portal/cases/\(number)?done=asked")
                #expect(try await tab.text().contains("May I swim?"))
                try await tab.choose(5, in: "#rating")
                try await tab.loading { try await tab.click("form[action$='/rating'] button") }
                #expect(try await tab.text().contains("Thank you for your rating."))
                #expect(try await tab.text().contains("5 / 5"))
                try await tab.loading { try await tab.click("form[action$='/close'] button") }
                #expect(try await tab.text().contains("The case is closed."))
                try await tab.loading { try await tab.click(".who a") }
                #expect(try await tab.path() == "/portal/cases")
                #expect(try await tab.text().contains(number))
            }
        }
    }

    @Test func `is checked by a stranger who has its code`() async throws {
        try await withCase { portal, number in
            try await withTab(of: portal) { tab in
                try await tab.open("/portal/cases/\(number)")
                try await signIn(tab)
                let code = try #require(
                    try await tab.value("document.querySelector(\"a[href^='/verify'] code\").textContent").string)
                try await withTab(of: portal) { other in
                    try await other.open("/verify")
                    try await other.type(code.lowercased(), into: "#code")
                    try await other.loading { try await other.press(.enter) }
                    #expect(try await other.text().contains("This code is genuine."))
                    try await other.look(at: "verify-genuine") { try await other.open("/verify?code=\(code)") }
                    try await other.look(at: "verify-unknown") { try await other.open("/verify?code=7K3M-0QXA") }
                    try await other.look(at: "verify") { try await other.open("/verify") }
                }
            }
        }
    }

    @Test func `fits every screen, and tells assistive programs what everything is`() async throws {
        try await withCase { portal, number in
            try await withTab(of: portal) { tab in
                try await tab.open("/portal/cases/\(number)")
                try await signIn(tab)
                try await tab.look(at: "case") { try await tab.open("/portal/cases/\(number)") }
                try await tab.look(at: "cases") { try await tab.open("/portal/cases") }
                try await tab.look(at: "consents") { try await tab.open("/portal/consents") }
                try await tab.loading { try await tab.click("form[action$='/health_data'] button") }
                #expect(try await tab.text().contains("You consent."))
            }
        }
    }

    @Test func `is not changed by a form of another site`() async throws {
        try await withCase { portal, number in
            try await withTab(of: portal) { tab in
                try await tab.open("/portal/cases/\(number)")
                try await signIn(tab)
                let form =
                    "<form method=post enctype=multipart/form-data action='\(tab.origin)/portal/cases/\(number)/close'>"
                    + "<input name=confirmed value=yes><button>Win</button></form>"
                try await tab.loading {
                    try await tab.send("Page.navigate", ["url": .string("data:text/html,\(form)")])
                }
                try await tab.loading { try await tab.click("button") }
                #expect(try await !tab.text().contains("The case is closed."))
                try await tab.open("/portal/cases/\(number)")
                #expect(try await tab.text().contains("Your opinion is ready"))
            }
        }
    }
}
