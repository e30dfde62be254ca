import Time

/// A visit that can be booked.
struct OpenSlot: Hashable, Sendable {
    let start: String
    let end: String
    let practitioner: String

    /// The body of a booking of this slot.
    var booking: String {
        #"{"serviceId":"svc_consultation","branchId":"brn_newyork","practitionerId":"\#(practitioner)","start":"\#(start)"}"#
    }
}

extension PorticoProcess {
    /// Slots of a consultation in New York that do not touch one another, of a week that begins so many days ahead.
    ///
    /// Tests that share a demo take different weeks, so that they do not take slots from one another.
    func slots(daysAhead: Int, at slug: String = "lumen") async throws -> [OpenSlot] {
        let first = Zone.utc.day(at: SystemTime.system.now) + daysAhead
        let path =
            "/api/customer/availability?serviceId=svc_consultation&branchId=brn_newyork&from=\(first)&to=\(first + 6)"
        let answer = try await send(.get(path), to: slug).json(if: 200)
        var busyUntil: [String: Instant] = [:]
        var slots: [OpenSlot] = []
        for slot in answer["data"].elements {
            guard let start = slot["start"].string, let end = slot["end"].string,
                let practitioner = slot["practitionerId"].string, let from = Instant(rfc3339: start),
                let to = Instant(rfc3339: end)
            else { throw Failure("this is no slot: \(slot)") }
            guard from >= busyUntil[practitioner] ?? from else { continue }
            busyUntil[practitioner] = to
            slots.append(OpenSlot(start: start, end: end, practitioner: practitioner))
        }
        guard !slots.isEmpty else { throw Failure("nothing can be booked \(daysAhead) days ahead") }
        return slots
    }

    /// Every appointment of somebody.
    func appointments(of person: SignedIn, at slug: String = "lumen") async throws -> [JSON] {
        var all: [JSON] = []
        for page in 1... {
            let answer = try await send(.get("/api/customer/appointments?limit=100&page=\(page)").by(person), to: slug)
                .json(if: 200)
            all += answer["data"].elements
            if Double(page) >= answer["pagination"]["totalPages"].number ?? 0 { break }
        }
        return all
    }
}
