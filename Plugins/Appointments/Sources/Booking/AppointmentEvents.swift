internal import PluginAPI

/// What others are told of an appointment. No names, no notes: they ask for more if they may see it.
struct AppointmentFacts: Described {
    let appointmentId: String
    let patientId: String
    let practitionerId: String
    let serviceId: String
    let branchId: String
    let startTime: Instant
    let endTime: Instant
    let status: AppointmentStatus
    let detailedStatus: AppointmentState

    init(_ appointment: Appointment) {
        self.init(
            appointmentId: appointment.id, patientId: appointment.patientId,
            practitionerId: appointment.practitionerId, serviceId: appointment.serviceId,
            branchId: appointment.branchId, startTime: appointment.startTime, endTime: appointment.endTime,
            status: appointment.status, detailedStatus: appointment.detailedStatus)
    }

    private init(
        appointmentId: String, patientId: String, practitionerId: String, serviceId: String, branchId: String,
        startTime: Instant, endTime: Instant, status: AppointmentStatus, detailedStatus: AppointmentState
    ) {
        self.appointmentId = appointmentId
        self.patientId = patientId
        self.practitionerId = practitionerId
        self.serviceId = serviceId
        self.branchId = branchId
        self.startTime = startTime
        self.endTime = endTime
        self.status = status
        self.detailedStatus = detailedStatus
    }

    static let schema = Schema<AppointmentFacts>.object(
        AppointmentFacts.init(
            appointmentId:patientId:practitionerId:serviceId:branchId:startTime:endTime:status:detailedStatus:),
        Field("appointmentId", \.appointmentId, .string(1...64)),
        Field("patientId", \.patientId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .string(1...64)),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("startTime", \.startTime, Instant.schema),
        Field("endTime", \.endTime, Instant.schema),
        Field("status", \.status, .oneOf),
        Field("detailedStatus", \.detailedStatus, .oneOf))
}

/// A visit was booked.
struct AppointmentBooked: Event {
    static let name = "appointments.booked"
    let appointment: AppointmentFacts

    static let schema = Schema<AppointmentBooked>.object(
        AppointmentBooked.init(appointment:), Field("appointment", \.appointment, AppointmentFacts.schema))
}

/// A visit was cancelled.
struct AppointmentCancelled: Event {
    static let name = "appointments.cancelled"
    let appointment: AppointmentFacts

    static let schema = Schema<AppointmentCancelled>.object(
        AppointmentCancelled.init(appointment:), Field("appointment", \.appointment, AppointmentFacts.schema))
}
