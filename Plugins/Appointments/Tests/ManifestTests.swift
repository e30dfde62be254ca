import PluginAPI
import Testing

@testable import Appointments

@Suite struct `The manifest` {
    @Test func `has no faults`() {
        #expect(Appointments.manifest.faults == [])
    }

    @Test func `leaves no object route without its object`() {
        for route in Appointments.manifest.routes where route.declaration.path.contains("{id}") {
            // The host asks of a file whose it is.
            if route.declaration.path.hasPrefix("/api/customer/files/") { continue }
            // Or it is found among the caller's own alone.
            let isKept = route.declaration.checksSubject || route.declaration.extent == .own
            #expect(isKept, "\(route.declaration.path)")
        }
    }

    @Test func `gives staff roles to no session made by a texted code`() {
        for role in Role.clinic where role.name != "customer" { #expect(role.needs == .passwordOrFederated) }
    }

    @Test func `limits every person and every address, and booking more than reading`() throws {
        let general = Appointments.manifest.limits
        // Seed 004 has 300 in a minute for who is signed in, and so has this.
        #expect(
            general == [
                RateLimit(per: .person, [.init(300, each: .seconds(60))]),
                RateLimit(per: .address, [.init(1200, each: .seconds(60))]),
            ])
        for route in Appointments.manifest.routes {
            let own = route.declaration.limits.first { $0.key == .person }?.windows.first
            let path = route.declaration.path
            let books =
                path == "/api/customer/appointments" && route.declaration.method == .post
                || path == "/api/customer/holds" || path == "/api/customer/appointments/series"
                || ["/api/customer/waitlist", "/api/customer/dependents"].contains(path)
                    && route.declaration.method == .post
                || path.hasSuffix("/reschedule") && !path.hasPrefix("/v1/")
            if Appointments.messages.contains(where: { $0.declaration === route.declaration }) {
                #expect(own.map { $0.count <= 60 } ?? true, "\(path)")
            } else if books {
                #expect(own == .init(30, each: .seconds(60)), "\(path)")
            } else if path.hasPrefix("/v1/patients") {
                // Seed 002 §3.1.
                #expect(own == .init(1000, each: .seconds(900)), "\(path)")
            } else if path.hasPrefix("/v1/appointments") || path.hasSuffix("/sick-days") {
                #expect(own == .init(500, each: .seconds(900)), "\(path)")
            } else if path == "/v1/ai/reconcile" || path == "/v1/reconciliations", route.declaration.method == .post {
                #expect(own == .init(10, each: .seconds(3600)), "\(path)")
            } else if case .anyone = route.declaration.access {
                #expect(own == .init(600, each: .seconds(60)), "\(route.declaration.path)")
            } else {
                #expect(own == nil, "\(route.declaration.path): the general limit holds")
            }
        }
    }

    @Test func `keeps the matrix of seed 002`() throws {
        // Seed 002 knows no messages.
        func names(_ role: Role) -> Set<String> {
            Set(role.allows.map(\.permission.name)).subtracting(["read:messages", "write:messages"])
        }
        #expect(names(.admin).isSuperset(of: ["read:*", "write:*", "delete:*", "admin:*", "run:reconcile"]))
        #expect(
            names(.practitioner) == [
                "read:patients", "read:appointments", "write:appointments", "read:services", "read:reports",
            ])
        #expect(names(.staff) == ["read:patients", "read:appointments", "write:appointments", "read:services"])
        #expect(names(.reception) == names(.staff).union(["write:patients"]))
        #expect(
            names(.manager) == [
                "read:*", "write:appointments", "write:services", "read:reports", "write:reports", "run:reconcile",
            ])
    }
}

@Suite struct `Every shape on the wire` {
    @Test func `survives being written and read`() {
        #expect(Appointment.schema.roundTrips)
        #expect(Branch.schema.roundTrips)
        #expect(Service.schema.roundTrips)
        #expect(Slot.schema.roundTrips)
        #expect(Profile.schema.roundTrips)
        #expect(ProfileChange.schema.roundTrips)
        #expect(AppointmentBooked.schema.roundTrips)
        #expect(AppointmentCancelled.schema.roundTrips)
        #expect(AppointmentRescheduled.schema.roundTrips)
        #expect(AppointmentChanged.schema.roundTrips)
        #expect(Hold.schema.roundTrips)
        #expect(Patient.schema.roundTrips)
        #expect(ServiceRecord.schema.roundTrips)
        #expect(BranchRecord.schema.roundTrips)
        #expect(PractitionerRecord.schema.roundTrips)
        #expect(TimeOff.schema.roundTrips)
        #expect(SickDayResult.schema.roundTrips)
        #expect(UtilisationReport.schema.roundTrips)
        #expect(NoShowReport.schema.roundTrips)
        #expect(MedicalVersion.schema.roundTrips)
        #expect(SentMessage.schema.roundTrips)
        #expect(CalendarFeed.schema.roundTrips)
        #expect(BookedSeries.schema.roundTrips)
        #expect(WaitEntry.schema.roundTrips)
        #expect(Dependent.schema.roundTrips)
        #expect(CustomerChanged.schema.roundTrips)
        #expect(DemoData.schema.roundTrips)
    }

    @Test func `understands times and days alike`() throws {
        let berlin = try Zone(named: "Europe/Berlin")
        let day = try #require(Moment("2027-03-28"))
        #expect(day.start(in: berlin).description == "2027-03-27T23:00:00Z")
        #expect(day.end(in: berlin).description == "2027-03-28T22:00:00Z")
        let instant = try #require(Moment("2027-03-28T09:00:00 02:00"))
        #expect(instant.start(in: berlin).description == "2027-03-28T07:00:00Z")
        #expect(Moment("tomorrow") == nil)
    }

    @Test func `knows 24:00 and no other time past the day`() throws {
        func minutes(_ text: String) -> Int? {
            try? Schema<Int>.clockMinutes.decode(.text(text))
        }
        #expect(minutes("24:00") == 1440)
        #expect(minutes("09:05") == 545)
        #expect(minutes("24:01") == nil)
        #expect(minutes("9:05") == nil)
        #expect(minutes("09:05:30") == nil)
    }
}
