internal import PluginAPI

extension Appointments {
    /// `POST /api/customer/appointments/series`: the same visit every so many weeks, at the same time on the branch's clock. What
    /// can be had is booked, what cannot is named.
    func bookSeries(_ new: SeriesCreate, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> BookedSeries {
        guard let customer = try tx.customer(of: call.caller.id) else { throw BookingRefusal.notACustomer }
        let offer = try offer(new.serviceId, new.branchId, new.practitionerId, tx)
        try tx.releaseHolds(until: call.now)
        guard new.start > call.now else { throw Problem.invalid("start", .range, "must be in the future") }
        let state: AppointmentState = offer.service.needsApproval ? .requested : .confirmed
        var booked: [AppointmentRow] = []
        var unavailable: [BookedSeries.Missed] = []
        for start in new.starts(in: offer.branch.zone) {
            do {
                guard try tx.upcoming(of: call.caller.id) < settings.maximumUpcoming else {
                    throw BookingRefusal.tooMany
                }
                try checkMoment(start, offer, now: call.now)
                // Whoever had the first has the others, if that can be.
                let wish = Wish(
                    offer: offer, start: start, isCustomers: true,
                    preferred: booked.first?.appointment.practitionerId)
                booked.append(
                    try tx.add(
                        NewVisit(placed: try place(wish, tx), customer: customer, state: state, notes: new.notes)))
            } catch let problem as Problem {
                unavailable.append(BookedSeries.Missed(start: start, code: problem.code))
            } catch let refusal as BookingRefusal {
                unavailable.append(BookedSeries.Missed(start: start, code: refusal.problem.code))
            }
        }
        guard let first = booked.first else { throw BookingRefusal.nothingFree }
        try announceBooked(first, in: call.tenant, tx)
        // One message is enough; all of them are reminded of.
        for row in booked.dropFirst() { try announceBooked(row, isTold: false, in: call.tenant, tx) }
        return BookedSeries(appointments: booked.map(\.appointment), unavailable: unavailable)
    }
}

/// The input of `POST /api/customer/appointments/series`.
struct SeriesCreate: Described {
    let serviceId: String
    let branchId: String
    let practitionerId: String?
    let start: Instant
    let everyWeeks: Int
    let count: Int
    let notes: String?

    static let schema = Schema<SeriesCreate>.object(
        SeriesCreate.init(serviceId:branchId:practitionerId:start:everyWeeks:count:notes:),
        Field("serviceId", \.serviceId, .string(1...64)), Field("branchId", \.branchId, .string(1...64)),
        Field("practitionerId", \.practitionerId, .optional(.string(1...64)), note: "Anyone, if left out"),
        Field("start", \.start, Instant.schema, note: "Of the first visit"),
        Field("everyWeeks", \.everyWeeks, .int(1...26), default: 1),
        Field("count", \.count, .int(2...12), note: "How many visits"),
        Field("notes", \.notes, .optional(.string(0...1000)), note: "For the clinic"))

    /// The starts: the same time on the zone's clock. One that clocks jump over is left out, and of one that they show twice the
    /// first is meant.
    func starts(in zone: Zone) -> [Instant] {
        let first = zone.localTime(at: start)
        return [start]
            + (1..<count).compactMap { number in
                switch zone.instants(of: LocalTime(first.day + 7 * everyWeeks * number, first.time)) {
                case .one(let instant): instant
                case .overlap(let earlier, _): earlier
                case .gap: nil
                }
            }
    }
}

/// What was booked of a series.
struct BookedSeries: Described {
    let appointments: [Appointment]
    let unavailable: [Missed]

    /// A visit that could not be booked.
    struct Missed: Described {
        let start: Instant
        let code: String

        static let schema = Schema<Missed>.object(
            Missed.init(start:code:), Field("start", \.start, Instant.schema),
            Field("code", \.code, .string(1...100), note: "Why, as the code of an error"))
    }

    static let schema = Schema<BookedSeries>.object(
        BookedSeries.init(appointments:unavailable:),
        Field("appointments", \.appointments, .list(Appointment.schema, 0...12)),
        Field("unavailable", \.unavailable, .list(Missed.schema, 0...12)))
}
