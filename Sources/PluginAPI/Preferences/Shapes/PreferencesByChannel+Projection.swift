extension PreferencesByChannel {
    /// As the preferences stand.
    ///
    /// - Parameters:
    ///   - categories: those the portal knows, in the order in which they are shown.
    ///   - tenant: whose language and zone hold where the account has none.
    public init(_ preferences: Preferences, categories: [NoticeCategory], of tenant: Tenant) {
        self.init(
            channels: Channels(
                email: Entry(preferences, .email, categories), sms: Entry(preferences, .sms, categories),
                push: Entry(preferences, .push, categories), whatsapp: Entry(preferences, .whatsapp, categories)),
            globalPreferences: Global(
                frequency: preferences.frequency, language: preferences.language ?? tenant.language,
                timezone: preferences.zone ?? tenant.zone))
    }

    /// The preferences with this shape put on them. What the shape says as it was before changes nothing, not even what only
    /// another shape can say.
    public func applied(
        to preferences: Preferences, categories: [NoticeCategory], of tenant: Tenant
    ) -> Preferences {
        var changed = preferences
        for channel in Channel.allCases {
            let shown = Entry(preferences, channel, categories)
            guard let wanted = channels[channel], wanted != shown else { continue }
            wanted.apply(to: &changed, channel, categories, instead: shown)
        }
        changed.frequency = globalPreferences.frequency
        if let language = globalPreferences.language, language != preferences.language ?? tenant.language {
            changed.language = language
        }
        if let zone = globalPreferences.timezone, zone != preferences.zone ?? tenant.zone { changed.zone = zone }
        return changed
    }
}

extension PreferencesByChannel.Entry {
    init(_ preferences: Preferences, _ channel: Channel, _ categories: [NoticeCategory]) {
        let own = preferences.channels[channel]
        self.init(
            enabled: preferences.isOn(channel), types: Self.types(preferences, channel, categories),
            frequency: own.frequency ?? (channel == .email ? preferences.frequency : nil),
            quietHours: own.quietHours.flatMap { hours in
                hours.isOn ? PreferencesByChannel.Hours(start: hours.start, end: hours.end) : nil
            },
            phoneNumber: own.phone)
    }

    /// What comes by a channel: `all` where nothing is refused, else the names of what is not, as the person listed them.
    private static func types(
        _ preferences: Preferences, _ channel: Channel, _ categories: [NoticeCategory]
    ) -> [String] {
        let own = preferences.channels[channel]
        // Of categories that the portal does not know, those alone that were chosen by name.
        let others = preferences.categories.filter { $0.value[channel] == true }.keys.sorted()
            .map { NoticeCategory($0) }.filter { !categories.contains($0) }
        let known = categories + others
        if own.everything == nil, !preferences.isOn(channel),
            !known.contains(where: { preferences.choice(channel, for: $0) == true })
        {
            return []
        }
        let isListed = own.everything == false
        let names = known.filter { preferences.choice(channel, for: $0) ?? !isListed }.map(\.name)
        if !isListed, !known.contains(where: { preferences.choice(channel, for: $0) == false }) { return ["all"] }
        return own.order.filter(names.contains) + names.filter { !own.order.contains($0) }
    }

    func apply(
        to preferences: inout Preferences, _ channel: Channel, _ categories: [NoticeCategory], instead shown: Self
    ) {
        if enabled != shown.enabled { preferences.channels[channel].isOn = enabled }
        // What is shown of a channel of which nothing is said depends on whether it is on.
        if types != Self.types(preferences, channel, categories) { choose(in: &preferences, channel) }
        if frequency != shown.frequency { preferences.channels[channel].frequency = frequency }
        if quietHours != shown.quietHours {
            preferences.channels[channel].quietHours = quietHours.map { QuietHours(start: $0.start, end: $0.end) }
        }
        preferences.channels[channel].phone = phoneNumber
    }

    /// Takes exactly the types of this entry.
    private func choose(in preferences: inout Preferences, _ channel: Channel) {
        let isAll = types.contains("all")
        preferences.channels[channel].everything = isAll
        preferences.channels[channel].order = isAll ? [] : types
        for name in preferences.categories.keys { preferences.choose(nil, channel, for: NoticeCategory(name)) }
        if channel == .email { preferences.unsubscribed.removeAll { isAll || types.contains($0) } }
        for name in types where !isAll { preferences.choose(true, channel, for: NoticeCategory(name)) }
    }
}
