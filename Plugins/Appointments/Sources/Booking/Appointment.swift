internal import PluginAPI

/// A visit, as its customer sees it.
struct Appointment: Described, Equatable {
    let id: String
    let patientId: String
    let practitionerId: String
    let serviceId: String
    let branchId: String
    let startTime: Instant
    let endTime: Instant
    let status: AppointmentStatus
    let detailedStatus: AppointmentState
    let outcome: String?
    let notes: String?
    let timeZone: Zone
    let serviceName: String
    let branchName: String
    let practitionerName: String
    let createdAt: Instant
    let cancelledAt: Instant?

    static let schema = Schema<Appointment>.object(
        Appointment.init(
            id:patientId:practitionerId:serviceId:branchId:startTime:endTime:status:detailedStatus:outcome:notes:
            timeZone:serviceName:branchName:practitionerName:createdAt:cancelledAt:),
        Field("id", \.id, .string(1...64)),
        Field("patientId", \.patientId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .string(1...64)),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("startTime", \.startTime, Instant.schema),
        Field("endTime", \.endTime, Instant.schema, note: "The first moment after the visit"),
        Field("status", \.status, .oneOf),
        Field("detailedStatus", \.detailedStatus, .oneOf),
        Field("outcome", \.outcome, .optional(.string(1...20)), note: "completed or no_show, once it is over"),
        Field("notes", \.notes, .optional(.string(0...1000))),
        Field("timeZone", \.timeZone, Zone.schema, note: "The branch's"),
        Field("serviceName", \.serviceName, .string(1...200)),
        Field("branchName", \.branchName, .string(1...200)),
        Field("practitionerName", \.practitionerName, .string(1...200)),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("cancelledAt", \.cancelledAt, .optional(Instant.schema)))
}
