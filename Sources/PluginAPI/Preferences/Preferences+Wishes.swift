extension Preferences {
    /// Whether anything may come by a channel.
    public func isOn(_ channel: Channel) -> Bool { channels[channel].isOn ?? channel.isOnByDefault }

    /// Whether the person wants to hear of a category outside the portal.
    public func isOn(_ category: NoticeCategory) -> Bool {
        categories[category.name]?.isOn ?? category.isOnByDefault
    }

    /// Whether a channel was chosen for a category (true) or refused (false); nil when the person said neither.
    public func choice(_ channel: Channel, for category: NoticeCategory) -> Bool? {
        if channel == .email, isUnsubscribed(from: category) { return false }
        return categories[category.name]?[channel] ?? channels[channel].everything
    }

    /// Whether the person used the link in a mail to have no more of a category.
    public func isUnsubscribed(from category: NoticeCategory) -> Bool { unsubscribed.contains(category.name) }

    /// Chooses a channel for a category, or refuses it.
    public mutating func choose(_ isChosen: Bool?, _ channel: Channel, for category: NoticeCategory) {
        // Who asks for the mail again is subscribed again.
        if channel == .email, isChosen != false { unsubscribed.removeAll { $0 == category.name } }
        change(category) { $0[channel] = isChosen }
    }

    /// Changes what is said of a category. Nothing happens to one of which nothing is said when there are as many as there can
    /// be.
    mutating func change(_ category: NoticeCategory, _ body: (inout CategoryPreference) -> Void) {
        var preference = categories[category.name] ?? CategoryPreference()
        body(&preference)
        if categories[category.name] == nil {
            if preference == CategoryPreference() { return }
            if categories.count >= Self.mostCategories {
                categories = categories.filter { $0.value != CategoryPreference() }
            }
            guard categories.count < Self.mostCategories else { return }
        }
        categories[category.name] = preference
    }

    /// No more mail of a category.
    public mutating func unsubscribe(from category: NoticeCategory) {
        guard !isUnsubscribed(from: category), unsubscribed.count < Self.mostCategories else { return }
        unsubscribed.append(category.name)
    }

    /// How often the person wants to hear of a category by a channel: the strictest of all that was said.
    public func frequency(of category: NoticeCategory, by channel: Channel) -> Frequency {
        [frequency, channels[channel].frequency, categories[category.name]?.frequency].compactMap { $0 }.max()
            ?? .immediate
    }

    /// When a category's digest is next due.
    ///
    /// - Returns: nil where each notice comes by itself.
    public func digest(
        of category: NoticeCategory, by channel: Channel, after instant: Instant, home: Zone
    ) -> Instant? {
        let own = categories[category.name]
        let (zone, time) = (zone ?? home, own?.time ?? digestTime)
        return switch frequency(of: category, by: channel) {
        case .immediate, .asNeeded, .never: nil
        case .daily: Rule.daily(at: time, in: zone).next(after: instant)
        case .weekly: Rule.weekly(on: own?.weekday ?? digestWeekday, at: time, in: zone).next(after: instant)
        }
    }

    /// The quiet hours of a category by a channel, beside those of do-not-disturb.
    public func quietHours(of category: NoticeCategory, by channel: Channel) -> [QuietHours] {
        [channels[channel].quietHours, categories[category.name]?.quietHours].compactMap { $0 }.filter(\.isOn)
    }

    /// Whether emergencies come through quiet hours: yes, unless the person said no.
    public var letsEmergenciesThrough: Bool { doNotDisturb?.letsEmergenciesThrough ?? true }

    /// The channels on which a category may come, as far as the person has a say, in their order.
    public func channels(for category: NoticeCategory) -> [Channel] {
        let chosen = categories[category.name]?.on ?? []
        let allowed = Channel.allCases.filter { choice($0, for: category) ?? isOn($0) }
        return chosen.filter(allowed.contains) + allowed.filter { !chosen.contains($0) }
    }
}
