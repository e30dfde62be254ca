internal import PluginAPI

/// What the clinic's own people do (seed 002), with the limits of its §3.1.
extension Appointments {
    static let clinicAPI: [Route<Self>] = [patients, visits, managed, calendars, reports].flatMap { $0 }

    private static let patients: [Route<Self>] = patientRoutes.map {
        $0.deprecating("phoneNumber", since: Patient.phoneNumberDeprecated, instead: "phone")
    }

    private static let patientRoutes: [Route<Self>] = [
        .get(
            "/v1/patients", .reading(Self.patients), needs: .listing(.readPatients), limits: [patientLimit()],
            "Patients of the caller's branches, by name."),
        .post(
            "/v1/patients", .transactional(Self.addPatient), needs: .listing(.writePatients),
            limits: [patientLimit()], refuses: [PatientRefusal.self, BookingRefusal.self],
            "Adds a patient, who may sign in by their phone from then on."),
        .get(
            "/v1/patients/{patientId}", .reading(Self.patient),
            needs: .permission(.readPatients, of: Self.patientSubject), limits: [patientLimit()], keepsAnswers: true,
            "One patient."),
        .patch(
            "/v1/patients/{patientId}", .transactional(Self.changePatient),
            needs: .permission(.writePatients, of: Self.patientSubject), limits: [patientLimit()],
            refuses: [PatientRefusal.self], "Changes a patient: fields left out stay, null empties."),
        .delete(
            "/v1/patients/{patientId}", .transactional(Self.removePatient),
            needs: .permission(.deletePatients, of: Self.patientSubject), limits: [patientLimit()],
            refuses: [PatientRefusal.self], "Takes a patient out of use; the record stays."),
    ]

    private static let visits: [Route<Self>] = [
        .get(
            "/v1/patients/{patientId}/appointments", .reading(Self.patientAppointments),
            needs: .permission(.readPatients, of: Self.patientSubject), limits: [patientLimit()],
            "A patient's visits."),
        .get(
            "/v1/appointments", .reading(Self.clinicAppointments), needs: .listing(.readAppointments),
            limits: [visitLimit()], "Visits at the caller's branches, in the order of time."),
        .post(
            "/v1/appointments", .transactional(Self.clinicBook), needs: .listing(.writeAppointments),
            limits: [visitLimit()], refuses: [BookingRefusal.self],
            "Books a visit for a patient, at any minute that is free, or knowingly over what is not."),
        .post(
            "/v1/appointments/walk-ins", .transactional(Self.walkIn), needs: .listing(.writeAppointments),
            limits: [visitLimit()], refuses: [BookingRefusal.self], "Takes somebody in who has not booked."),
        .get(
            "/v1/appointments/{id}", .reading(Self.clinicAppointment),
            needs: .permission(.readAppointments, of: Self.subject), limits: [visitLimit()], keepsAnswers: true,
            "One visit."),
        .patch(
            "/v1/appointments/{id}", .transactional(Self.changeAppointment),
            needs: .permission(.writeAppointments, of: Self.changeSubject), limits: [visitLimit()],
            refuses: [BookingRefusal.self], "Changes time, practitioner or notes of a visit, or moves it on."),
        .delete(
            "/v1/appointments/{id}", .transactional(Self.cancel),
            needs: .permission(.writeAppointments, of: Self.subject), limits: [visitLimit()],
            refuses: [BookingRefusal.self], "Cancels a visit; it stays in the history."),
        .post(
            "/v1/appointments/{id}/cancel", .transactional(Self.clinicCancel),
            needs: .permission(.writeAppointments, of: Self.cancellationSubject), limits: [visitLimit()], status: 200,
            refuses: [BookingRefusal.self], "Cancels a visit and says why."),
        .post(
            "/v1/appointments/{id}/reschedule", .transactional(Self.reschedule),
            needs: .permission(.writeAppointments, of: Self.reschedulingSubject), limits: [visitLimit()], status: 200,
            refuses: [BookingRefusal.self], "Puts another visit in the place of this one."),
        .get(
            "/v1/patients/{patientId}/medical-history", .asynchronous(Self.patientHistory),
            needs: .permission(.readPatients, of: Self.patientSubject), limits: [patientLimit()],
            "A patient's medical history; that it was read is kept."),
        .put(
            "/v1/patients/{patientId}/medical-history", .transactional(Self.changePatientHistory),
            needs: .permission(.writePatients, of: Self.patientSubject), limits: [patientLimit()],
            "Writes a patient's medical history; what it was before is kept."),
        .get(
            "/v1/patients/{patientId}/medical-history/versions", .asynchronous(Self.patientVersions),
            needs: .permission(.readPatients, of: Self.patientSubject), limits: [patientLimit()],
            "Every version of a patient's medical history; that they were read is kept."),
        act("confirm", Self.confirm, "Confirms a visit that was asked for."),
        act("check-in", Self.checkIn, "The patient has arrived."),
        act("start", Self.start, "The visit begins."),
        act("complete", Self.complete, "The visit has ended."),
        act("no-show", Self.miss, "Nobody came."),
        .post(
            "/v1/practitioners/{id}/sick-days", .transactional(Self.sickDay),
            needs: .permission(.writeAppointments, of: Self.practitionerSubject), limits: [visitLimit()], status: 200,
            refuses: [BookingRefusal.self], "Gives a day's visits to others, and tells every customer."),
    ]

    private static let managed: [Route<Self>] = [
        .get(
            "/v1/services", .reading(Self.clinicServices), needs: .listing(.readServices), keepsAnswers: true,
            "Services."),
        .post(
            "/v1/services", .transactional(Self.addService), needs: .listing(.writeServices),
            refuses: [BookingRefusal.self], "Adds a service."),
        .get(
            "/v1/services/{serviceId}", .reading(Self.clinicService), needs: .listing(.readServices),
            keepsAnswers: true, "One service."),
        .patch(
            "/v1/services/{id}", .transactional(Self.changeService),
            needs: .permission(.writeServices, of: Self.serviceSubject), "Changes a service."),
        .get(
            "/v1/branches", .reading(Self.clinicBranches), needs: .listing(.readServices), "Branches."),
        .post(
            "/v1/branches", .transactional(Self.addBranch), needs: .permission(.writeServices), "Adds a branch."),
        .get(
            "/v1/branches/{branchId}", .reading(Self.clinicBranch), needs: .listing(.readServices), "One branch."),
        .patch(
            "/v1/branches/{id}", .transactional(Self.changeBranch),
            needs: .permission(.writeServices, of: Self.branchSubject), refuses: [ManagementRefusal.self],
            "Changes a branch, its hours, holidays and rooms."),
        .get(
            "/v1/practitioners", .reading(Self.practitioners), needs: .listing(.readServices), "Practitioners."),
        .post(
            "/v1/practitioners", .transactional(Self.addPractitioner), needs: .listing(.writeServices),
            refuses: [BookingRefusal.self], "Adds a practitioner."),
        .get(
            "/v1/practitioners/{practitionerId}", .reading(Self.practitioner), needs: .listing(.readServices),
            "One practitioner."),
        .patch(
            "/v1/practitioners/{id}", .transactional(Self.changePractitioner),
            needs: .permission(.writeServices, of: Self.practitionerSubject), refuses: [ManagementRefusal.self],
            "Changes a practitioner, their hours and what they perform."),
    ]

    private static let calendars: [Route<Self>] = [
        .get(
            "/v1/time-off", .reading(Self.timeOffs), needs: .listing(.readAppointments),
            "Leave and blocked time at the caller's branches."),
        .post(
            "/v1/time-off", .transactional(Self.addTimeOff), needs: .listing(.writeAppointments),
            refuses: [BookingRefusal.self], "Blocks time of a practitioner or a room, or asks for leave."),
        .post(
            "/v1/time-off/{id}/approve", .transactional(Self.approveTimeOff),
            needs: .permission(.writeServices, of: Self.timeOffSubject), status: 200,
            refuses: [ManagementRefusal.self], "Gives leave that was asked for."),
        .post(
            "/v1/time-off/{id}/refuse", .transactional(Self.refuseTimeOff),
            needs: .permission(.writeServices, of: Self.timeOffSubject), status: 200,
            refuses: [ManagementRefusal.self], "Refuses leave that was asked for."),
        .delete(
            "/v1/time-off/{id}", .transactional(Self.removeTimeOff),
            needs: .permission(.writeAppointments, of: Self.timeOffSubject), refuses: [BookingRefusal.self],
            "Takes back leave or blocked time."),
    ]

    private static let reports: [Route<Self>] = [
        .get(
            "/v1/reports/utilisation", .reading(Self.utilisation), needs: .listing(.readReports),
            "How much of their working time practitioners had visits in."),
        .get(
            "/v1/reports/no-shows", .reading(Self.noShows), needs: .listing(.readReports),
            "How visits ended that came to their time."),
    ]

    private static func act(
        _ name: String,
        _ handler:
            @escaping @Sendable (Self) ->
            @Sendable (AppointmentNamed, borrowing Transaction, Call<Member>) throws ->
            Appointment, _ summary: String
    ) -> Route<Self> {
        .post(
            "/v1/appointments/{id}/\(name)", .transactional(handler),
            needs: .permission(.writeAppointments, of: Self.subject), limits: [visitLimit()], status: 200,
            refuses: [BookingRefusal.self], summary)
    }

    /// `/patients` of seed 002 §3.1.
    private static func patientLimit<Input>() -> RouteLimit<Input> {
        .per(.person, RateLimit.Window(1000, each: .seconds(900)))
    }

    /// `/appointments` of seed 002 §3.1.
    private static func visitLimit<Input>() -> RouteLimit<Input> {
        .per(.person, RateLimit.Window(500, each: .seconds(900)))
    }
}
