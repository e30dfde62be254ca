internal import PluginAPI

/// A visit, as its customer and the clinic see it (the `Appointment` of seed 002).
struct Appointment: Described, Equatable {
    let id: String
    let patientId: String
    /// Who comes; told to the clinic only.
    var patientName: String?
    let practitionerId: String
    let serviceId: String
    let branchId: String
    let roomId: String?
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
    let predecessorId: String?
    let successorId: String?
    let attendanceConfirmedAt: Instant?
    let isWalkIn: Bool
    /// Why it was booked over another one; told to the clinic only.
    var overbookReason: String?
    let cancellationReason: String?
    let createdAt: Instant
    let cancelledAt: Instant?

    static let schema = Schema<Appointment>.object(
        Appointment.init(
            id:patientId:patientName:practitionerId:serviceId:branchId:roomId:startTime:endTime:status:detailedStatus:
            outcome:notes:timeZone:serviceName:branchName:practitionerName:predecessorId:successorId:
            attendanceConfirmedAt:isWalkIn:overbookReason:cancellationReason:createdAt:cancelledAt:),
        Field("id", \.id, .string(1...64)),
        Field("patientId", \.patientId, .string(1...64)),
        .leftOutWhenNil("patientName", \.patientName, .optional(.string(0...201)), note: "For the clinic only"),
        Field("practitionerId", \.practitionerId, .string(1...64)),
        Field("serviceId", \.serviceId, .string(1...64)),
        Field("branchId", \.branchId, .string(1...64)),
        Field("roomId", \.roomId, .optional(.string(1...64))),
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
        Field("predecessorId", \.predecessorId, .optional(.string(1...64)), note: "The visit it takes the place of"),
        Field("successorId", \.successorId, .optional(.string(1...64)), note: "The visit that takes its place"),
        Field("attendanceConfirmedAt", \.attendanceConfirmedAt, .optional(Instant.schema), note: "They said they come"),
        Field("isWalkIn", \.isWalkIn, .bool, note: "Came without having booked"),
        .leftOutWhenNil(
            "overbookReason", \.overbookReason, .optional(.string(1...500)),
            note: "For the clinic only: why it overlaps another one"),
        Field("cancellationReason", \.cancellationReason, .optional(.string(0...500))),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("cancelledAt", \.cancelledAt, .optional(Instant.schema)))
}
