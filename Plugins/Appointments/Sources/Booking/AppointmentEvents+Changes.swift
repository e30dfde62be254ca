internal import PluginAPI

/// Another visit takes the place of one.
struct AppointmentRescheduled: Event {
    static let name = "appointments.rescheduled"
    let appointment: AppointmentFacts
    let predecessorId: String

    static let schema = Schema<AppointmentRescheduled>.object(
        AppointmentRescheduled.init(appointment:predecessorId:),
        Field("appointment", \.appointment, AppointmentFacts.schema),
        Field("predecessorId", \.predecessorId, .string(1...64)))
}

/// A visit was moved on, or got another time or practitioner.
struct AppointmentChanged: Event {
    static let name = "appointments.changed"
    let appointment: AppointmentFacts

    static let schema = Schema<AppointmentChanged>.object(
        AppointmentChanged.init(appointment:), Field("appointment", \.appointment, AppointmentFacts.schema))
}
