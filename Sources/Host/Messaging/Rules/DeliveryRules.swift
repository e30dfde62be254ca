import PluginAPI

/// What a person's preferences say of one message, channel by channel, with the reasons. Pure: the same question has the same
/// answer.
struct DeliveryRules: Sendable {
    let category: NoticeCategory
    let importance: Importance
    let preferences: Preferences
    /// The tenant's zone, for people who have none.
    let home: Zone
    let now: Instant

    /// Whether a channel may be used.
    enum Consent: Sendable, Equatable {
        /// The person chose it for this.
        case chosen
        /// They said nothing.
        case open
        /// By this rule.
        case refused(String)
    }

    /// When a channel may be used.
    enum Moment: Sendable, Equatable {
        case now
        case later(Instant, isDigest: Bool)
        /// By this rule.
        case never(String)
    }

    /// The zone by whose clock the person lives.
    var zone: Zone { preferences.zone ?? home }

    /// What the message is, as the first step of every trace.
    var kind: Verdict { Verdict("importance", importance.rawValue, "about \(category.name)") }

    func consent(to channel: Channel) -> (steps: [Verdict], consent: Consent) {
        if importance == .mandatory {
            return ([Verdict("preferences", "set_aside", "nobody can do without this message")], .open)
        }
        var steps: [Verdict] = []
        func refuse(_ rule: String, _ verdict: String, _ detail: String) -> ([Verdict], Consent) {
            (steps + [Verdict(rule, verdict, detail)], .refused(rule))
        }
        guard preferences.isOn(channel) else {
            let wasSaid = preferences.channels[channel].isOn == false
            return refuse(
                "channel", "off", wasSaid ? "the person switched it off" : "the person has not switched it on")
        }
        steps.append(Verdict("channel", "on"))
        if importance == .emergency, preferences.categories[NoticeCategory.urgentUpdates.name]?[channel] == true {
            steps.append(Verdict("choice", "chosen", "for everything urgent"))
            return (steps, .chosen)
        }
        guard preferences.isOn(category) else { return refuse("category", "off", "no \(category.name) are wanted") }
        steps.append(Verdict("category", "on"))
        if channel == .email, preferences.isUnsubscribed(from: category) {
            return refuse("unsubscribed", "yes", "by the link in a mail")
        }
        switch preferences.choice(channel, for: category) {
        case false?: return refuse("choice", "refused", "not chosen for \(category.name)")
        case true?:
            steps.append(Verdict("choice", "chosen"))
            return (steps, .chosen)
        case nil:
            steps.append(Verdict("choice", "open", "nothing was said"))
            return (steps, .open)
        }
    }

    /// - Parameters:
    ///   - device: the device's own quiet hours.
    ///   - isRecheck: whether how often was decided before, and only the hour counts.
    func moment(
        for channel: Channel, device: QuietHours? = nil, isRecheck: Bool = false
    ) -> (steps: [Verdict], moment: Moment) {
        if importance == .mandatory { return ([], .now) }
        var steps: [Verdict] = []
        var earliest = now
        var isDigest = false
        let frequency = preferences.frequency(of: category, by: channel)
        if frequency == .never {
            return ([Verdict("frequency", "never", "the person wants to hear of it never")], .never("frequency"))
        }
        if !isRecheck {
            if importance == .emergency {
                steps.append(Verdict("frequency", "at_once", "an emergency waits for no digest"))
            } else if let digest = preferences.digest(of: category, by: channel, after: now, home: home) {
                (earliest, isDigest) = (digest, true)
                steps.append(Verdict("frequency", frequency.rawValue, "with the digest at \(digest)"))
            } else {
                steps.append(Verdict("frequency", frequency.rawValue))
            }
        }
        let disturbing = [preferences.doNotDisturb?.hours].compactMap { $0 }.filter(\.isOn)
        let quiet = preferences.quietHours(of: category, by: channel) + [device].compactMap { $0 }.filter(\.isOn)
        guard let free = (disturbing + quiet).end(from: earliest, home: zone) else {
            guard importance != .emergency || !preferences.letsEmergenciesThrough else {
                return (steps + [Verdict("quiet_hours", "overridden", "by an emergency")], .now)
            }
            return (steps + [Verdict("quiet_hours", "always", "together they fill the day")], .never("quiet_hours"))
        }
        for (rule, hours) in [("do_not_disturb", disturbing), ("quiet_hours", quiet)] where !hours.isEmpty {
            guard hours.contains(where: { $0.isQuiet(at: earliest, home: zone) }) else {
                steps.append(Verdict(rule, "clear"))
                continue
            }
            if importance == .emergency, preferences.letsEmergenciesThrough {
                steps.append(Verdict(rule, "overridden", "by an emergency"))
            } else {
                steps.append(Verdict(rule, "deferred", "until \(free)"))
            }
        }
        let isThrough = importance == .emergency && preferences.letsEmergenciesThrough
        let moment = isThrough ? earliest : free
        return (steps, moment > now ? .later(moment, isDigest: isDigest) : .now)
    }
}
