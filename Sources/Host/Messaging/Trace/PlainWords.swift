import PluginAPI

/// Why a message came by a channel or did not, in a sentence for the person it was for.
struct PlainWords: Sendable {
    let language: Language
    /// By whose clock moments are told.
    let zone: Zone

    func sentence(for way: Delivery, _ steps: [TraceStep]) -> String {
        let isGerman = language.base == "de"
        let (english, german) = texts(for: way, steps)
        return isGerman ? german : english
    }

    private func texts(for way: Delivery, _ steps: [TraceStep]) -> (english: String, german: String) {
        switch way.state {
        case .waiting: waiting(way, steps)
        case .sent: ("It was sent on \(time(way.sentAt)).", "Sie wurde am \(time(way.sentAt)) versandt.")
        case .delivered:
            way.channel == .inApp
                ? ("It is always shown here.", "Hier wird sie immer angezeigt.")
                : ("It was delivered on \(time(way.sentAt)).", "Sie wurde am \(time(way.sentAt)) zugestellt.")
        case .dead:
            (
                "We tried \(way.attempts == 1 ? "once" : "\(way.attempts) times") and could not deliver it.",
                "Wir haben es \(way.attempts)-mal versucht und konnten sie nicht zustellen."
            )
        case .withdrawn:
            (
                "It was taken back, because what it says is not true any more.",
                "Sie wurde zurückgenommen, weil sie nicht mehr stimmt."
            )
        case .suppressed: suppressed(way.reason ?? "")
        }
    }

    private func waiting(_ way: Delivery, _ steps: [TraceStep]) -> (english: String, german: String) {
        let due = time(way.dueAt)
        if way.attempts > 0 {
            return (
                "We could not deliver it yet and try again on \(due).",
                "Wir konnten sie noch nicht zustellen und versuchen es am \(due) wieder."
            )
        }
        if way.batch != nil {
            return ("It comes with your next digest, on \(due).", "Sie kommt mit Ihrer nächsten Übersicht, am \(due).")
        }
        if steps.contains(where: { $0.verdict.verdict == "deferred" }) {
            return (
                "It waits for the end of your quiet hours, on \(due).",
                "Sie wartet auf das Ende Ihrer Ruhezeit, am \(due)."
            )
        }
        return ("It is being sent.", "Sie wird gerade versandt.")
    }

    private func suppressed(_ rule: String) -> (english: String, german: String) {
        switch rule {
        case "channel": ("This channel is off in your preferences.", "Dieser Weg ist in Ihren Einstellungen aus.")
        case "category", "frequency":
            ("You do not want to hear of this outside the portal.", "Davon möchten Sie nur im Portal hören.")
        case "choice":
            ("You have not chosen this channel for this.", "Sie haben diesen Weg hierfür nicht gewählt.")
        case "unsubscribed":
            (
                "You ended mails of this kind by the link in one.",
                "Sie haben solche E-Mails über den Link in einer abbestellt."
            )
        case "address":
            (
                "We have no address or device of yours for this channel.",
                "Für diesen Weg haben wir keine Adresse und kein Gerät von Ihnen."
            )
        case "preferred": ("It came another way already.", "Sie kam schon auf anderem Weg.")
        case "no_driver", "driver":
            (
                "This portal cannot send by this channel, or to this device, yet.",
                "Dieses Portal kann auf diesem Weg oder an dieses Gerät noch nicht senden."
            )
        case "quiet_hours":
            ("Your quiet hours leave no time for it.", "Ihre Ruhezeiten lassen dafür keine Zeit.")
        default: ("It was not sent by this channel.", "Auf diesem Weg wurde sie nicht versandt.")
        }
    }

    /// A moment to the minute by the person's clock.
    private func time(_ moment: Instant?) -> String {
        guard let moment else { return "" }
        return zone.localTime(at: moment).description.prefix(16).replacing("T", with: " ")
            + " (\(zone.abbreviation(at: moment)))"
    }
}
