public import PluginAPI

extension Appointments {
    /// Loads a clinic, its customers and some visits. A customer whose account the tenant lacks is left out.
    public func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws {
        let document = try JSONDocument(Array(data.text.utf8))
        let demo = try DemoData.schema.decode(.json(document.root))
        for branch in demo.branches { try tx.add(branch) }
        for practitioner in demo.practitioners { try tx.add(practitioner) }
        for service in demo.services { try tx.add(service) }
        for customer in demo.customers { try tx.add(customer) }
        for appointment in demo.appointments { try add(appointment, tx) }
    }

    private func add(_ demo: DemoAppointment, _ tx: borrowing Transaction) throws {
        guard let person = try tx.person(withPhone: demo.phone), let customer = try tx.customer(of: person.id) else {
            return
        }
        let people: [PractitionerRow] = try tx.all(
            "SELECT id, name, branch_id FROM appointments_practitioner WHERE id = \(demo.practitionerId)")
        guard let practitioner = people.first?.practitioner else {
            throw Problem.invalid("practitionerId", .notAllowed, "must be the id of a practitioner of the demo")
        }
        let offer = try offer(demo.serviceId, practitioner.branchId, practitioner.id, tx)
        let zone = offer.branch.zone
        guard let time = TimeOfDay(hour: demo.time / 60, minute: demo.time % 60) else { return }
        for back in 0..<14 {
            let day = zone.day(at: tx.now) + demo.days - back
            let start = zone.firstInstant(notBefore: LocalTime(day, time))
            let range = InstantRange(start: start, end: start + .microseconds(1)) ?? .empty(at: start)
            let search = try search(offer, around: range, tx)
            guard !search.practitioners(freeAt: start).isEmpty else { continue }
            let placed = Placed(
                offer: offer, practitioner: practitioner, room: search.room(freeAt: start), start: start)
            let made = try tx.add(NewVisit(placed: placed, customer: customer, state: .confirmed))
            if demo.state != .confirmed { _ = try tx.move(made.id, to: demo.state) }
            return
        }
    }
}

extension Transaction {
    fileprivate borrowing func add(_ branch: DemoBranch) throws {
        let address = branch.address
        try run(
            """
            INSERT INTO appointments_branch (id, name, zone, line1, line2, city, region, postal_code, country, phone, email)
            VALUES (\(branch.id), \(branch.name), \(branch.timeZone.name), \(address.line1), \(address.line2),
                \(address.city), \(address.region), \(address.postalCode), \(address.country), \(branch.phone),
                \(branch.email))
            """)
        try add(branch.openingHours, of: branch.id)
        let thisYear = branch.timeZone.day(at: now).year
        for holiday in branch.holidays {
            for year in thisYear...thisYear + 2 {
                guard let day = Day(year: year, month: holiday.month, day: holiday.day) else { continue }
                try run(
                    """
                    INSERT INTO appointments_holiday (branch_id, day, name)
                    VALUES (\(branch.id), \(day.description), \(holiday.name))
                    """)
            }
        }
        for room in branch.rooms {
            try run(
                "INSERT INTO appointments_room (id, name, branch_id) VALUES (\(room.id), \(room.name), \(branch.id))")
        }
    }

    fileprivate borrowing func add(_ practitioner: DemoPractitioner) throws {
        var person: PersonID?
        if let email = practitioner.email { person = try self.person(withEmail: email)?.id }
        try run(
            """
            INSERT INTO appointments_practitioner (id, name, branch_id, person_id)
            VALUES (\(practitioner.id), \(practitioner.name), \(practitioner.branchId), \(person))
            """)
        try add(practitioner.workingHours, of: practitioner.id)
    }

    private borrowing func add(_ hours: [WeeklyHours.Span], of owner: String) throws {
        for span in hours {
            try run(
                """
                INSERT INTO appointments_hours (owner_id, weekday, opens, closes)
                VALUES (\(owner), \(span.weekday.rawValue), \(span.opens), \(span.closes))
                """)
        }
    }

    fileprivate borrowing func add(_ service: DemoService) throws {
        try run(
            """
            INSERT INTO appointments_service (id, name, description, duration_minutes, buffer_before, buffer_after,
                price_minor, currency, needs_room, needs_approval)
            VALUES (\(service.id), \(service.name), \(service.description), \(service.durationMinutes),
                \(service.bufferBeforeMinutes), \(service.bufferAfterMinutes), \(service.price?.amountMinor),
                \(service.price?.currency), \(service.needsRoom), \(service.needsApproval))
            """)
        for branch in service.branchIds {
            try run(
                "INSERT INTO appointments_service_branch (service_id, branch_id) VALUES (\(service.id), \(branch))")
        }
        for practitioner in service.practitionerIds {
            try run(
                """
                INSERT INTO appointments_service_practitioner (service_id, practitioner_id)
                VALUES (\(service.id), \(practitioner))
                """)
        }
    }

    fileprivate borrowing func add(_ customer: DemoCustomer) throws {
        guard let person = try person(withPhone: customer.phone) else { return }
        try enrol(person.id)
        try changePerson(person.id, customer.profile.account(of: person))
        try changeCustomer(of: person.id, customer.profile.columns + ["status = \(customer.status)"])
    }
}
