import Testing

/// Seed 000 §11's client, in a browser, at another origin than the portal's, as the demo's John Doe.
@Suite struct `Seed 000's client` {
    private static let slug = "meridian"

    /// The demo, and a page of an application that the tenant lets in (`cors.origins`), with the client in it.
    private struct Portal {
        let demo: PorticoProcess
        let page: ChromiumPage

        static func open() async throws -> Portal {
            let demo = try await PorticoProcess.start()
            let page = try await ChromiumPage.open("http://localhost:3000")
            try await page.run("globalThis.portalBaseURL = 'http://\(slug).localhost:\(demo.port)'; null")
            try await page.run(try Repository.text(of: "Tests/Support/seed_000_client.js") + "\nnull")
            return Portal(demo: demo, page: page)
        }

        /// What the page comes to.
        @discardableResult
        func run(_ script: String) async throws -> JSON { try await page.run(script) }

        func signIn(_ email: String) async throws -> JSON {
            try await run("seed.signIn('\(email)', 'Portal#2025demo')")
        }

        /// What the portal itself says to somebody.
        func get(_ path: String, _ person: SignedIn) async throws -> JSON {
            try await demo.send(.get(path).by(person), to: slug).json(if: 200)["data"]
        }

        /// The text of what a selector finds.
        func text(_ selector: String) async throws -> [String] {
            try await run("seed.text('\(selector)')").elements.compactMap(\.string)
        }
    }

    @Test func `reads every part of a customer's journey, and writes`() async throws {
        let portal = try await Portal.open()
        let customer = try await portal.signIn("john.doe@example.com")
        #expect(customer["firstName"] == "John" && customer["preferences"]["timezone"] == "America/New_York")
        let john = try await portal.demo.signIn(medical: "john.doe@example.com", at: Self.slug)

        // What the demo lets happen in seven months: six cases, of which three are completed and one withdrawn.
        let journey = try await portal.run("seed.api.getJourney()")
        #expect(
            journey["totalCases"] == 6 && journey["completedCases"] == 3 && journey["activeCases"] == 2, "\(journey)")
        #expect(journey["lifetimeValue"] == 1495 && journey["lifetimeValueCurrency"] == "EUR")
        #expect(journey["stages"].elements.map { $0["stage"] } == ["onboarding", "active"])
        #expect(journey["stages"][1]["duration"] == "7 months")
        #expect(journey["milestones"].elements.contains { $0["type"] == "loyalty_member" })
        let score = try await portal.run("seed.api.getHealthScore()")
        #expect(score["healthScore"] == journey["healthScore"] && score["healthScore"].number ?? 0 > 50)
        #expect(score["previousScore"].number != nil && score["trend"].string != nil)
        #expect(
            score["history"].elements.count > 10 && score["history"].elements.last?["score"] == score["previousScore"])
        #expect(score["recommendations"].elements.contains { $0["action"] == "view_messages" }, "one is unread")
        let timeline = try await portal.run("seed.api.getActivityTimeline({ limit: 4 })")
        #expect(timeline["activities"].elements.count == 4 && timeline["pagination"]["limit"] == 4)
        let persona = try await portal.run("seed.api.getPersona()")
        #expect(
            persona["type"] == "informed_advocator" && persona["characteristics"]["communicationStyle"] == "detailed")
        let dashboard = try await portal.run("seed.api.getPersonalizedDashboard()")
        #expect(dashboard["widgets"][0]["type"] == "cases_summary" && dashboard["layout"] == "detailed_grid")
        let content = try await portal.run("seed.api.getContentRecommendations(undefined, 2)")
        #expect(content["recommendations"].elements.count == 2)
        #expect(content["categories"][0]["items"] == ["cardiology", "internal medicine"], "\(content["categories"])")
        let unread = try await portal.run("seed.api.getMessages({ status: 'unread', limit: 10 })")
        #expect(unread["summary"]["unreadCount"] == 1 && unread["messages"][0]["from"]["name"] == "Sarah Johnson")
        // The client hears what the portal says, and nothing else.
        #expect(try await portal.get("/v1/portal/journey", john)["journey"]["milestones"] == journey["milestones"])
        #expect(try await portal.get("/v1/portal/personalization/dashboard", john) == dashboard)

        let sent = try await portal.run(
            "seed.api.sendMessage({ recipientType: 'support', subject: 'My invoice', message: 'Where is it?' })")
        #expect(sent["success"] == .bool(true) && sent["data"]["subject"] == "My invoice")
        let chosen = try await portal.run(
            """
            seed.api.updateNotificationPreferences({
              case_updates: { enabled: true, channels: ['email', 'push', 'sms'], frequency: 'immediate',
                quietHours: { enabled: true, start: '22:00', end: '08:00', timezone: 'America/New_York' } },
              educational_content: { enabled: true, channels: ['email'], frequency: 'weekly', dayOfWeek: 'monday',
                timeOfDay: '09:00' },
              marketing: { enabled: false, channels: [], frequency: 'never' },
              messages: { enabled: true, channels: ['email'], frequency: 'immediate' },
              system_updates: { enabled: true, channels: ['email', 'push'], frequency: 'as_needed' } })
            """)
        #expect(chosen["data"]["preferences"]["educational_content"]["dayOfWeek"] == "monday", "\(chosen)")
        let device = try await portal.run(
            """
            seed.api.registerDevice({ platform: 'android', deviceToken: 'device-push-token', deviceId: 'a-tablet',
              appVersion: '1.2.3', osVersion: '16', preferences: { badge: true, sound: true, alert: true,
                quietHours: { enabled: true, start: '22:00', end: '08:00' } } })
            """)
        #expect(device["data"]["deviceId"] == "a-tablet", "\(device)")
        // Nothing was sent in the demo's past; what is sent now stands in the history.
        #expect(try await portal.run("seed.api.getCommunicationHistory({ channel: 'sms' })") == [])
        try await Self.answer(portal, "Have you trained before?")
        let told = try await eventually("the mail in the history") {
            let history = try await portal.run("seed.api.getCommunicationHistory({ channel: 'email' })").elements
            return history.first { $0["status"] == "delivered" }
        }
        #expect(told["type"] == "private-message-received" && told["customerId"] == customer["id"])
    }

    @Test func `shows the dashboard and the messages, and what happens meanwhile`() async throws {
        let portal = try await Portal.open()
        let customer = try await portal.signIn("john.doe@example.com")
        let id = try #require(customer["id"].string)
        let john = try await portal.demo.signIn(medical: "john.doe@example.com", at: Self.slug)
        try await portal.run("seed.show('PersonalizedDashboard', '\(id)')")
        let journey = try await portal.get("/v1/portal/journey", john)["journey"]
        let score = try #require(journey["healthScore"].number)
        #expect(try await portal.text("h1") == ["Welcome back, John!"])
        #expect(try await portal.text(".health-score span") == ["Health Score: \(Int(score))", "low"])
        let widgets = try await portal.get("/v1/portal/personalization/dashboard", john)["widgets"].elements
        let shown = try await portal.run("[...document.querySelectorAll('.widget')].map(w => w.dataset.type)").elements
        #expect(shown == widgets.map { $0["type"] } && shown.count == 5)
        #expect(try await portal.text("#cases_overview b") == ["2 of 6"])

        // Live: a message of the expert's, then the opinion.
        let update = "aside p[data-type=%]"
        func hear(_ type: String) async throws -> JSON {
            let selector = update.replacing("%", with: type)
            try await portal.run("seed.until(() => document.querySelector('\(selector)'))")
            return try JSON(Array(try #require(try await portal.text(selector).first).utf8))
        }
        _ = try await hear("subscribed")
        let number = try await Self.answer(portal, "Run slowly.", andSigns: true)
        #expect(try await hear("message_received")["from"] == "Sarah Johnson")
        let status = try await hear("case_status_update")
        #expect(status["caseNumber"] == .string(number) && status["currentStatus"] == "opinion_ready")
        // The connection stays the same while the page is shown anew at each update.
        #expect(try await portal.text("aside p[data-type=auth_ok]").count == 1)
        try await portal.run(
            "seed.api.sendMessage({ recipientType: 'support', subject: 'Thanks', message: 'Thank you' })")
        #expect(try await hear("health_score_update")["currentScore"].number != nil)

        try await portal.run("seed.show('SmartCommunication', '\(id)')")
        try await portal.run(
            "seed.until(() => document.querySelectorAll('.communication-interface.detailed li').length)")
        let listed = try await portal.text(".communication-interface ol.comprehensive li")
        #expect(listed.contains { $0.hasPrefix("Sarah Johnson, Interventional Cardiology: ") }, "\(listed)")
        #expect(try await portal.run("document.querySelector('form').dataset.assistance") == "follower")
        #expect(try await portal.text(".trust").isEmpty)

        // Who is new is shown honest emptiness, and nothing of anybody else's.
        let noa = try await portal.signIn("new.customer@example.com")
        #expect(noa["persona"] == .null)
        try await portal.run("seed.show('PersonalizedDashboard', '\(noa["id"].string ?? "")')")
        #expect(try await portal.text("h1") == ["Welcome back, Noa!"])
        #expect(try await portal.text(".health-score span") == ["Health Score: ", ""])
        #expect(try await portal.run("document.querySelector('.widget').dataset.type") == "getting_started")
        try await portal.run("seed.show('SmartCommunication', '\(noa["id"].string ?? "")')")
        #expect(try await portal.text(".communication-interface.standard li").isEmpty)
    }

    @Test func `refreshes what has expired, twice at once too`() async throws {
        let portal = try await Portal.open()
        _ = try await portal.signIn("john.doe@example.com")
        func expire() async throws { try await portal.run("localStorage.setItem('accessToken', 'a.b.c')") }
        let before = try await portal.run("localStorage.getItem('refreshToken')")
        try await expire()
        #expect(try await portal.run("seed.api.getJourney()")["customer"]["firstName"] == "John")
        let after = try await portal.run("localStorage.getItem('refreshToken')")
        #expect(after != before && after.string != nil)
        // The dashboard asks for two things at once: both refresh with one token. One may be told to come again, and nobody
        // is signed out.
        try await expire()
        let both = try await portal.run(
            """
            Promise.allSettled([seed.api.getJourney(), seed.api.getPersonalizedDashboard()]).then(all =>
              all.map(one => one.status === 'fulfilled' ? 200 : one.reason.response.status))
            """)
        #expect(both.elements.contains(200) && both.elements.allSatisfy { [200, 409].contains($0) }, "\(both)")
        #expect(try await portal.run("seed.api.getJourney()")["customer"]["firstName"] == "John")
        // Without a session there is nothing to refresh.
        try await expire()
        let ended = try await portal.run(
            """
            localStorage.setItem('refreshToken', 'stolen');
            seed.api.getJourney().then(() => 200, error => error.response.status)
            """)
        #expect(ended == 401)
        let wrong = try await portal.run(
            "seed.api.login('john.doe@example.com', 'wrong').catch(error => error.response)")
        #expect(wrong["status"] == 401 && wrong["data"]["error"]["code"] == "AUTH_TOKEN_INVALID", "\(wrong)")
    }

    /// The expert writes about the case they are reviewing, and may sign its opinion.
    ///
    /// - Returns: the case's number.
    @discardableResult
    private static func answer(_ portal: Portal, _ text: String, andSigns: Bool = false) async throws -> String {
        let sarah = try await portal.demo.signIn(medical: "sarah.johnson@meridian.example", at: slug)
        let cases = try await portal.get("/v1/staff/cases?status=in_review", sarah)["cases"]
        guard let number = cases[0]["caseNumber"].string else { throw Failure("no case is reviewed: \(cases)") }
        let path = "/v1/staff/cases/\(number)"
        _ = try await portal.demo.send(.post(path + "/messages", #"{"message": "\#(text)"}"#).by(sarah), to: slug)
            .json(if: 201)
        if andSigns {
            _ = try await portal.demo.send(.post(path + "/opinion", #"{"text": "\#(text)"}"#).by(sarah), to: slug)
                .json(if: 201)
        }
        return number
    }
}
