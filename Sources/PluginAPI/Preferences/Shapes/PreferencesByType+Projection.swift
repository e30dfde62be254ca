extension PreferencesByType {
    /// As the preferences stand.
    ///
    /// - Parameters:
    ///   - categories: those the portal knows; others that the person has said something of are shown too.
    ///   - tenant: whose language and zone hold where the account has none.
    public init(_ preferences: Preferences, categories: [NoticeCategory], of tenant: Tenant) {
        var entries: [String: Entry] = [:]
        for category in Self.shown(preferences, categories) { entries[category.name] = Entry(preferences, category) }
        self.init(
            preferences: entries,
            globalSettings: Global(
                doNotDisturb: preferences.doNotDisturb, language: preferences.language ?? tenant.language,
                timezone: preferences.zone ?? tenant.zone))
    }

    /// The preferences with this shape put on them. What the shape says as it was before changes nothing, not even what only
    /// another shape can say.
    public func applied(
        to preferences: Preferences, categories: [NoticeCategory], of tenant: Tenant
    ) -> Preferences {
        var changed = preferences
        if let entries = self.preferences {
            for category in Self.shown(preferences, categories) where entries[category.name] == nil {
                changed.categories[category.name] = nil
            }
            for (name, wanted) in entries {
                let category = NoticeCategory(name)
                let shown = Entry(changed, category)
                // Said about it for the first time: kept, so that it is shown again though the portal knows no such category.
                let isNew = !categories.contains(category) && changed.categories[name] == nil
                if wanted != shown || isNew { wanted.apply(to: &changed, category, instead: shown, isNew: isNew) }
            }
        }
        guard let global = globalSettings else { return changed }
        changed.doNotDisturb = global.doNotDisturb
        if let language = global.language, language != preferences.language ?? tenant.language {
            changed.language = language
        }
        if let zone = global.timezone, zone != preferences.zone ?? tenant.zone { changed.zone = zone }
        return changed
    }

    private static func shown(_ preferences: Preferences, _ categories: [NoticeCategory]) -> [NoticeCategory] {
        categories
            + preferences.categories.keys.sorted().map { NoticeCategory($0) }.filter { !categories.contains($0) }
    }
}

extension PreferencesByType.Entry {
    init(_ preferences: Preferences, _ category: NoticeCategory) {
        let own = preferences.categories[category.name]
        self.init(
            enabled: preferences.isOn(category), channels: preferences.channels(for: category),
            frequency: own?.frequency ?? preferences.frequency, quietHours: own?.quietHours, dayOfWeek: own?.weekday,
            timeOfDay: own?.time)
    }

    func apply(to preferences: inout Preferences, _ category: NoticeCategory, instead shown: Self, isNew: Bool) {
        if channels != shown.channels || isNew {
            // In the order of the list: taken back first, so that each is appended anew.
            for channel in Channel.allCases { preferences.choose(nil, channel, for: category) }
            for channel in channels { preferences.choose(true, channel, for: category) }
            for channel in Channel.allCases where !channels.contains(channel) {
                preferences.choose(false, channel, for: category)
            }
        }
        preferences.change(category) { own in
            if enabled != shown.enabled { own.isOn = enabled }
            if frequency != shown.frequency { own.frequency = frequency }
            own.quietHours = quietHours
            own.weekday = dayOfWeek
            own.time = timeOfDay
        }
    }
}
