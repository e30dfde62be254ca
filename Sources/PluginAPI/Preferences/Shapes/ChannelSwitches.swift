/// Preferences as switches, one for each channel (seed 000 §3.1, `preferences.notifications`).
public struct ChannelSwitches: Sendable, Hashable, Described {
    public var email: Bool
    public var sms: Bool
    public var push: Bool
    public var whatsapp: Bool

    public init(email: Bool, sms: Bool, push: Bool, whatsapp: Bool) {
        self.email = email
        self.sms = sms
        self.push = push
        self.whatsapp = whatsapp
    }

    public static let schema = Schema.object(
        Self.init(email:sms:push:whatsapp:),
        Field("email", \.email, .bool), Field("sms", \.sms, .bool), Field("push", \.push, .bool),
        Field("whatsapp", \.whatsapp, .bool))

    /// As the preferences stand.
    public init(_ preferences: Preferences) {
        self.init(
            email: preferences.isOn(.email), sms: preferences.isOn(.sms), push: preferences.isOn(.push),
            whatsapp: preferences.isOn(.whatsapp))
    }

    /// The preferences with these switches.
    public func applied(to preferences: Preferences) -> Preferences {
        ChannelSwitchChanges(email: email, sms: sms, push: push, whatsapp: whatsapp).applied(to: preferences)
    }
}

/// A PATCH of the switches: what is left out stays.
public struct ChannelSwitchChanges: Sendable, Hashable, Described {
    public var email: Bool?
    public var sms: Bool?
    public var push: Bool?
    public var whatsapp: Bool?

    public init(email: Bool? = nil, sms: Bool? = nil, push: Bool? = nil, whatsapp: Bool? = nil) {
        self.email = email
        self.sms = sms
        self.push = push
        self.whatsapp = whatsapp
    }

    public static let schema = Schema.object(
        Self.init(email:sms:push:whatsapp:),
        .leftOutWhenNil("email", \.email, .optional(.bool)), .leftOutWhenNil("sms", \.sms, .optional(.bool)),
        .leftOutWhenNil("push", \.push, .optional(.bool)),
        .leftOutWhenNil("whatsapp", \.whatsapp, .optional(.bool)))

    /// The preferences with the switches that are named.
    public func applied(to preferences: Preferences) -> Preferences {
        var preferences = preferences
        for (channel, wish) in [(Channel.email, email), (.sms, sms), (.push, push), (.whatsapp, whatsapp)] {
            guard let wish, wish != preferences.isOn(channel) else { continue }
            preferences.channels[channel].isOn = wish
        }
        return preferences
    }
}

/// Preferences as the list of the channels that are on (seed 000 §2.1, the answer to a sign-in).
public enum ChannelNames {
    /// As the preferences stand.
    public static func of(_ preferences: Preferences) -> [Channel] {
        Channel.allCases.filter { preferences.isOn($0) }
    }

    /// The preferences with exactly these channels on.
    public static func apply(_ channels: [Channel], to preferences: Preferences) -> Preferences {
        ChannelSwitches(
            email: channels.contains(.email), sms: channels.contains(.sms), push: channels.contains(.push),
            whatsapp: channels.contains(.whatsapp)
        ).applied(to: preferences)
    }
}

/// The one word of seed 000 §3.1's privacy settings that is about messages: `allowMarketingEmails`.
public enum MarketingEmails {
    /// As the preferences stand.
    public static func areAllowed(by preferences: Preferences) -> Bool {
        preferences.isOn(.marketing) && preferences.categories[NoticeCategory.marketing.name]?.frequency != .never
            && preferences.choice(.email, for: .marketing) != false
    }

    /// The preferences with or without.
    public static func apply(_ isAllowed: Bool, to preferences: Preferences) -> Preferences {
        guard areAllowed(by: preferences) != isAllowed else { return preferences }
        var preferences = preferences
        preferences.choose(isAllowed, .email, for: .marketing)
        guard isAllowed else { return preferences }
        preferences.change(.marketing) { marketing in
            marketing.isOn = true
            if marketing.frequency == .never { marketing.frequency = nil }
        }
        return preferences
    }
}
