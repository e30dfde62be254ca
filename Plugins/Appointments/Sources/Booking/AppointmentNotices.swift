internal import PluginAPI

/// The messages about a visit. They name no service and no practitioner: either may tell why somebody goes to a clinic.
extension NoticeType {
    static let appointments = [
        appointmentConfirmed, appointmentRequested, appointmentCancelled, appointmentMoved, appointmentWithAnother,
        appointmentReminder, slotFree,
    ]

    static let appointmentConfirmed = appointment(
        "appointment-confirmed", "A visit was booked or confirmed.",
        en: "{tenant}: your visit at {branch} is confirmed for {whenEn}.",
        de: "{tenant}: Ihr Termin bei {branch} am {whenDe} ist bestätigt.")

    static let appointmentRequested = appointment(
        "appointment-requested", "A visit was asked for and waits for the clinic's confirmation.",
        en: "{tenant}: we received your request for a visit at {branch} on {whenEn}. We will confirm it soon.",
        de: "{tenant}: Ihre Anfrage für einen Termin bei {branch} am {whenDe} ist eingegangen. Wir bestätigen sie bald."
    )

    static let appointmentCancelled = appointment(
        "appointment-cancelled", "A visit was cancelled.",
        en: "{tenant}: your visit at {branch} on {whenEn} is cancelled.",
        de: "{tenant}: Ihr Termin bei {branch} am {whenDe} ist abgesagt.")

    static let appointmentMoved = appointment(
        "appointment-moved", "A visit was moved to another time.",
        en: "{tenant}: your visit at {branch} is moved to {whenEn}.",
        de: "{tenant}: Ihr Termin bei {branch} ist auf {whenDe} verlegt.")

    static let appointmentWithAnother = appointment(
        "appointment-with-another", "A visit takes place as planned, with somebody else of the team.",
        en: "{tenant}: your visit at {branch} on {whenEn} takes place as planned, with somebody else of our team.",
        de: "{tenant}: Ihr Termin bei {branch} am {whenDe} findet wie geplant statt, mit jemand anderem aus dem Team.")

    static let appointmentReminder = appointment(
        "appointment-reminder", "A visit is near.", category: .appointmentReminders,
        en: "{tenant}: your visit at {branch} is on {whenEn}. Text back 1 to say that you come.",
        de: "{tenant}: Ihr Termin bei {branch} ist am {whenDe}. Antworten Sie per SMS mit 1, wenn Sie kommen.")

    static let slotFree = appointment(
        "slot-free", "A time has become free that somebody waits for.",
        en: "{tenant}: a visit at {branch} has become free on {whenEn}. Whoever books it first has it.",
        de: "{tenant}: Bei {branch} ist ein Termin frei geworden: {whenDe}. Wer ihn zuerst bucht, hat ihn.")

    /// Both languages' dates are values, so that the text fits whichever language is chosen when it is sent.
    private static func appointment(
        _ name: String, _ summary: String, category: NoticeCategory = .appointmentUpdates, en: String, de: String
    ) -> NoticeType {
        NoticeType(
            name, summary, category: category, channels: [.sms, .email, .push, .whatsapp],
            placeholders: ["tenant", "branch", "whenEn", "whenDe"],
            texts: [
                "en": Text(subject: "Your visit at {branch}", body: en),
                "de": Text(subject: "Ihr Termin bei {branch}", body: de),
            ])
    }
}

/// A moment as people of a language read it, by the clock of a zone, which is named.
enum LocalText {
    /// `Fri 20 Nov 2026, 9:05 am (EST)`
    static func english(_ instant: Instant, in zone: Zone) -> String {
        let local = zone.localTime(at: instant)
        let (year, month, day) = local.day.fields
        let hour = local.time.hour % 12 == 0 ? 12 : local.time.hour % 12
        let half = local.time.hour < 12 ? "am" : "pm"
        return "\(weekdays.en[local.day.weekday.rawValue - 1]) \(day) \(months[month - 1]) \(year), "
            + "\(hour):\(twoDigits(local.time.minute)) \(half) (\(zone.abbreviation(at: instant)))"
    }

    /// `Fr. 20.11.2026, 09:05 Uhr (CET)`
    static func german(_ instant: Instant, in zone: Zone) -> String {
        let local = zone.localTime(at: instant)
        let (year, month, day) = local.day.fields
        return "\(weekdays.de[local.day.weekday.rawValue - 1]). \(twoDigits(day)).\(twoDigits(month)).\(year), "
            + "\(twoDigits(local.time.hour)):\(twoDigits(local.time.minute)) Uhr (\(zone.abbreviation(at: instant)))"
    }

    private static let weekdays = (
        en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], de: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    )
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
