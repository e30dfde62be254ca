import PluginAPI
import Testing

/// The shapes in which clients see preferences, and the one truth behind them.
@Suite struct `Shapes of preferences` {
    static let categories: [NoticeCategory] = [
        .caseUpdates, .educationalContent, .marketing, .systemUpdates, .appointmentReminders, .urgentUpdates,
    ]
    static let tenant = Tenant(
        slug: "meridian", name: "Meridian", zone: .utc, language: .english, origin: "http://meridian.localhost")

    private static func read<Shape: Described>(_ text: String, as type: Shape.Type = Shape.self) throws -> Shape {
        try Shape.schema.decode(.json(JSONDocument(Array(text.utf8)).root))
    }

    private static func tree<Shape: Described>(_ shape: Shape) throws -> JSON {
        try JSONDocument(Shape.schema.encode(shape)).root.tree
    }

    private static func tree(_ text: String) throws -> JSON { try JSONDocument(Array(text.utf8)).root.tree }

    /// Seed 000 §3.2.
    static let byChannel = """
        {"channels":{
          "email":{"enabled":true,"types":["case_updates","educational_content","reminders"],"frequency":"daily"},
          "sms":{"enabled":true,"types":["urgent_updates","appointment_reminders"],
            "quietHours":{"start":"22:00","end":"08:00"}},
          "push":{"enabled":true,"types":["all"],"quietHours":{"start":"22:00","end":"08:00"}},
          "whatsapp":{"enabled":false,"types":[],"phoneNumber":"+1234567890"}},
         "globalPreferences":{"frequency":"immediate","language":"en","timezone":"America/New_York"}}
        """
    /// Seed 000 §6.2.
    static let byType = """
        {"preferences":{
          "case_updates":{"enabled":true,"channels":["email","push","sms"],"frequency":"immediate",
            "quietHours":{"enabled":true,"start":"22:00","end":"08:00","timezone":"America/New_York"}},
          "educational_content":{"enabled":true,"channels":["email"],"frequency":"weekly","dayOfWeek":"monday",
            "timeOfDay":"09:00"},
          "marketing":{"enabled":false,"channels":[],"frequency":"never"},
          "system_updates":{"enabled":true,"channels":["email","push"],"frequency":"as_needed"}},
         "globalSettings":{"doNotDisturb":{"enabled":true,"start":"22:00","end":"08:00",
            "timezone":"America/New_York","emergencyOverride":true},
          "language":"en","timezone":"America/New_York"}}
        """

    @Test func `by channel come back as seed 000 sends them`() throws {
        let sent = try Self.read(Self.byChannel, as: PreferencesByChannel.self)
        let stored = sent.applied(to: Preferences(), categories: Self.categories, of: Self.tenant)
        let shown = PreferencesByChannel(stored, categories: Self.categories, of: Self.tenant)
        #expect(try Self.tree(shown) == (try Self.tree(Self.byChannel)))
    }

    @Test func `by category come back as seed 000 sends them`() throws {
        let sent = try Self.read(Self.byType, as: PreferencesByType.self)
        let four: [NoticeCategory] = [.caseUpdates, .educationalContent, .marketing, .systemUpdates]
        let stored = sent.applied(to: Preferences(), categories: four, of: Self.tenant)
        #expect(
            try Self.tree(PreferencesByType(stored, categories: four, of: Self.tenant)) == (try Self.tree(Self.byType)))
    }

    @Test func `of seed 000's own client leave do-not-disturb alone`() throws {
        var stored = try Self.read(Self.byType, as: PreferencesByType.self)
            .applied(to: Preferences(), categories: Self.categories, of: Self.tenant)
        let before = stored.doNotDisturb
        #expect(before != nil)
        let alone = try Self.read(
            #"{"preferences":{"case_updates":{"enabled":false,"channels":[]}}}"#, as: PreferencesByType.self)
        stored = alone.applied(to: stored, categories: Self.categories, of: Self.tenant)
        #expect(stored.doNotDisturb == before)
        #expect(!stored.isOn(.caseUpdates))
        // What a PUT does not name is as by default.
        #expect(stored.isOn(.systemUpdates) && stored.categories["system_updates"] == nil)
    }

    @Test func `disagree in no way that lets more through than the stricter allows`() throws {
        var stored = try Self.read(Self.byType, as: PreferencesByType.self)
            .applied(to: Preferences(), categories: Self.categories, of: Self.tenant)
        #expect(stored.choice(.sms, for: .caseUpdates) == true && stored.isOn(.sms))
        // The profile's switch, as one of §3.1's PATCHes sends it.
        stored = ChannelSwitchChanges(sms: false).applied(to: stored)
        #expect(!stored.isOn(.sms))
        #expect(ChannelNames.of(stored) == [.email, .push])
        // It is off, and what was chosen for it is still known.
        #expect(stored.choice(.sms, for: .caseUpdates) == true)
        #expect(
            PreferencesByChannel(stored, categories: Self.categories, of: Self.tenant).channels.sms?.enabled == false)
    }

    @Test func `say that what was unsubscribed from is off, until it is asked for again`() throws {
        var stored = try Self.read(Self.byType, as: PreferencesByType.self)
            .applied(to: Preferences(), categories: Self.categories, of: Self.tenant)
        stored.unsubscribe(from: .educationalContent)
        #expect(stored.choice(.email, for: .educationalContent) == false)
        var shape = PreferencesByType(stored, categories: Self.categories, of: Self.tenant)
        #expect(shape.preferences?["educational_content"]?.channels == [])
        // Sent back as it was shown, it stays so.
        #expect(shape.applied(to: stored, categories: Self.categories, of: Self.tenant) == stored)
        shape.preferences?["educational_content"]?.channels = [.email]
        stored = shape.applied(to: stored, categories: Self.categories, of: Self.tenant)
        #expect(stored.choice(.email, for: .educationalContent) == true && stored.unsubscribed == [])
    }

    @Test func `allow marketing mail by one word`() {
        let asked = MarketingEmails.apply(true, to: Preferences())
        #expect(!MarketingEmails.areAllowed(by: Preferences()))
        #expect(MarketingEmails.areAllowed(by: asked) && asked.isOn(.marketing))
        #expect(!MarketingEmails.areAllowed(by: MarketingEmails.apply(false, to: asked)))
    }

    @Test func `put back as they were shown change nothing, whatever is stored`() throws {
        var generator = SeededGenerator(seed: 77)
        for _ in 0..<120 {
            let stored = PreferencesMaker.make(&generator)
            let (categories, tenant) = (Self.categories, Self.tenant)
            #expect(
                PreferencesByChannel(stored, categories: categories, of: tenant)
                    .applied(to: stored, categories: categories, of: tenant) == stored)
            #expect(
                PreferencesByType(stored, categories: categories, of: tenant)
                    .applied(to: stored, categories: categories, of: tenant) == stored)
            #expect(ChannelSwitches(stored).applied(to: stored) == stored)
            #expect(ChannelNames.apply(ChannelNames.of(stored), to: stored) == stored)
            #expect(MarketingEmails.apply(MarketingEmails.areAllowed(by: stored), to: stored) == stored)
            #expect(ContactPreferences(stored, of: tenant).applied(to: stored, of: tenant) == stored)
            // And they are stored as what they are.
            #expect(
                try Preferences.schema.decode(.json(JSONDocument(Preferences.schema.encode(stored)).root)) == stored)
        }
    }

    @Test func `show what was put, whatever was stored before`() throws {
        var generator = SeededGenerator(seed: 78)
        let (categories, tenant) = (Self.categories, Self.tenant)
        for _ in 0..<120 {
            let (before, other) = (PreferencesMaker.make(&generator), PreferencesMaker.make(&generator))
            let byChannel = PreferencesByChannel(other, categories: categories, of: tenant)
            let channelled = byChannel.applied(to: before, categories: categories, of: tenant)
            let shown = PreferencesByChannel(channelled, categories: categories, of: tenant)
            for channel in Channel.allCases {
                let (put, got) = (byChannel[channel], shown[channel])
                #expect(put?.enabled == got?.enabled && put?.quietHours == got?.quietHours)
                #expect(put?.phoneNumber == got?.phoneNumber && put?.types == got?.types, "\(channel)")
            }
            let byType = PreferencesByType(other, categories: categories, of: tenant)
            let typed = byType.applied(to: before, categories: categories, of: tenant)
            #expect(PreferencesByType(typed, categories: categories, of: tenant) == byType)
            let switches = ChannelSwitches(other)
            #expect(ChannelSwitches(switches.applied(to: before)) == switches)
            let contact = ContactPreferences(other, of: tenant)
            #expect(ContactPreferences(contact.applied(to: before, of: tenant), of: tenant) == contact)
        }
    }
}

extension PreferencesByChannel {
    fileprivate subscript(channel: Channel) -> Entry? {
        switch channel {
        case .email: channels.email
        case .sms: channels.sms
        case .push: channels.push
        case .whatsapp: channels.whatsapp
        }
    }
}
