import PluginAPI

/// Where a person can be reached, and by what.
struct Reachability: Sendable {
    let person: Person
    let preferences: Preferences
    let devices: [DeviceRow]
    let drivers: Set<Channel>

    /// The address on a channel; nil where there is none. Pushes go to devices.
    func address(on channel: Channel) -> String? {
        switch channel {
        case .sms, .whatsapp: (preferences.channels[channel].phone ?? person.phone)?.text
        case .email: person.email?.text
        case .push: nil
        }
    }
}

/// Finds the ways that a message takes to a person, and says why.
struct WayFinder: Sendable {
    let rules: DeliveryRules
    let reached: Reachability

    typealias Way = (way: DeliveryTable.New, steps: [Verdict])

    /// A channel after the first rules: whether it could be used.
    private struct Candidate {
        let channel: Channel
        var steps: [Verdict]
        var consent: DeliveryRules.Consent
        /// The rule that closes it.
        var closedBy: String?
    }

    /// One way for each channel, for pushes one for each device; those that are not taken too, with the rule that says no.
    func ways(for channels: [Channel]) -> [Way] {
        let candidates = channels.map { candidate($0) }
        let open = candidates.filter { $0.closedBy == nil }
        let isMandatory = rules.importance == .mandatory
        let hasChosen = open.contains { $0.consent == .chosen }
        let first = open.first { $0.channel != .push } ?? open.first
        return candidates.flatMap { candidate -> [Way] in
            guard candidate.closedBy == nil else { return [closed(candidate)] }
            // A device that was registered is a choice of its own.
            let isTaken =
                isMandatory
                ? candidate.channel == first?.channel
                : candidate.consent == .chosen || candidate.channel == .push
                    || !hasChosen && candidate.channel == first?.channel
            guard isTaken else {
                var candidate = candidate
                let other = hasChosen ? "others were chosen" : "\(first?.channel.rawValue ?? "another") comes first"
                candidate.steps.append(Verdict("preferred", "another", other))
                candidate.closedBy = "preferred"
                return [closed(candidate)]
            }
            return candidate.channel == .push ? pushes(candidate) : [timed(candidate, device: nil)]
        }
    }

    private func candidate(_ channel: Channel) -> Candidate {
        let (steps, consent) = rules.consent(to: channel)
        var candidate = Candidate(channel: channel, steps: steps, consent: consent)
        if case .refused(let rule) = consent {
            candidate.closedBy = rule
        } else if channel == .push && reached.devices.isEmpty {
            candidate.steps.append(Verdict("address", "no_device", "the person has registered no device"))
            candidate.closedBy = "address"
        } else if channel != .push && reached.address(on: channel) == nil {
            candidate.steps.append(Verdict("address", "no_address", "the person has no address on this channel"))
            candidate.closedBy = "address"
        } else {
            candidate.steps.append(Verdict("address", "found"))
            if !reached.drivers.contains(channel) {
                candidate.steps.append(Dispatcher.noDriver(channel))
                candidate.closedBy = "no_driver"
            }
        }
        return candidate
    }

    private func closed(_ candidate: Candidate) -> Way {
        (
            DeliveryTable.New(
                channel: DeliveryChannel(candidate.channel), state: .suppressed, reason: candidate.closedBy,
                dueAt: rules.now), candidate.steps
        )
    }

    private func timed(_ candidate: Candidate, device: DeviceRow?) -> Way {
        let (steps, moment) = rules.moment(for: candidate.channel, device: device?.quietHours)
        var way = DeliveryTable.New(
            channel: DeliveryChannel(candidate.channel), device: device?.id, dueAt: rules.now)
        switch moment {
        case .now: break
        case .later(let at, let isDigest): (way.dueAt, way.isDigest) = (at, isDigest)
        case .never(let rule): (way.state, way.reason) = (.suppressed, rule)
        }
        return (way, candidate.steps + steps)
    }

    private func pushes(_ candidate: Candidate) -> [Way] {
        reached.devices.map { device in
            guard device.platform == .web else {
                var candidate = candidate
                candidate.closedBy = "no_driver"
                candidate.steps.append(
                    Verdict("driver", "no_driver", "no driver is configured for devices of \(device.platform.rawValue)")
                )
                var way = closed(candidate)
                way.way.device = device.id
                return way
            }
            return timed(candidate, device: device)
        }
    }
}
