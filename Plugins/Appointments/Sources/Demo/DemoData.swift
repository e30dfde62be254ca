internal import PluginAPI

/// What a demo shows: a clinic, its people, and visits that lie so many days before or after the day it is loaded.
struct DemoData: Described {
    let branches: [DemoBranch]
    let practitioners: [DemoPractitioner]
    let services: [DemoService]
    let customers: [DemoCustomer]
    let appointments: [DemoAppointment]

    static let schema = Schema<DemoData>.object(
        DemoData.init(branches:practitioners:services:customers:appointments:),
        Field("branches", \.branches, .list(DemoBranch.schema, 1...100)),
        Field("practitioners", \.practitioners, .list(DemoPractitioner.schema, 0...1000)),
        Field("services", \.services, .list(DemoService.schema, 0...1000)),
        Field("customers", \.customers, .list(DemoCustomer.schema, 0...1000)),
        Field("appointments", \.appointments, .list(DemoAppointment.schema, 0...1000)))
}

/// A branch with its rooms, and holidays that return every year on the same date.
struct DemoBranch: Described {
    let id: String
    let name: String
    let timeZone: Zone
    let address: Address
    let phone: Phone?
    let email: Email?
    let openingHours: [WeeklyHours.Span]
    let holidays: [YearlyHoliday]
    let rooms: [DemoRoom]

    static let schema = Schema<DemoBranch>.object(
        DemoBranch.init(id:name:timeZone:address:phone:email:openingHours:holidays:rooms:),
        Field("id", \.id, .string(1...64)), Field("name", \.name, .string(1...200)),
        Field("timeZone", \.timeZone, Zone.schema), Field("address", \.address, Address.schema),
        Field("phone", \.phone, .optional(Phone.schema)), Field("email", \.email, .optional(Email.schema)),
        Field("openingHours", \.openingHours, .list(WeeklyHours.Span.schema, 0...100)),
        Field("holidays", \.holidays, .list(YearlyHoliday.schema, 0...100)),
        Field("rooms", \.rooms, .list(DemoRoom.schema, 0...100)))
}

/// A holiday of every year.
struct YearlyHoliday: Described {
    let month: Int
    let day: Int
    let name: String

    static let schema = Schema<YearlyHoliday>.object(
        YearlyHoliday.init(month:day:name:), Field("month", \.month, .int(1...12)), Field("day", \.day, .int(1...31)),
        Field("name", \.name, .string(1...100)))
}

/// A room of a branch.
struct DemoRoom: Described {
    let id: String
    let name: String

    static let schema = Schema<DemoRoom>.object(
        DemoRoom.init(id:name:), Field("id", \.id, .string(1...64)), Field("name", \.name, .string(1...200)))
}

/// A practitioner; with the e-mail address of an account, that person.
struct DemoPractitioner: Described {
    let id: String
    let name: String
    let branchId: String
    let email: Email?
    let workingHours: [WeeklyHours.Span]

    static let schema = Schema<DemoPractitioner>.object(
        DemoPractitioner.init(id:name:branchId:email:workingHours:), Field("id", \.id, .string(1...64)),
        Field("name", \.name, .string(1...200)), Field("branchId", \.branchId, .string(1...64)),
        Field("email", \.email, .optional(Email.schema)),
        Field("workingHours", \.workingHours, .list(WeeklyHours.Span.schema, 0...100)))
}

/// A service and what it goes with.
struct DemoService: Described {
    let id: String
    let name: String
    let description: String?
    let durationMinutes: Int
    let bufferBeforeMinutes: Int
    let bufferAfterMinutes: Int
    let price: Price?
    let needsRoom: Bool
    let needsApproval: Bool
    let branchIds: [String]
    let practitionerIds: [String]

    static let schema = Schema<DemoService>.object(
        DemoService.init(
            id:name:description:durationMinutes:bufferBeforeMinutes:bufferAfterMinutes:price:needsRoom:needsApproval:
            branchIds:practitionerIds:),
        Field("id", \.id, .string(1...64)), Field("name", \.name, .string(1...200)),
        Field("description", \.description, .optional(.string(0...2000))),
        Field("durationMinutes", \.durationMinutes, .int(5...720)),
        Field("bufferBeforeMinutes", \.bufferBeforeMinutes, .int(0...240), default: 0),
        Field("bufferAfterMinutes", \.bufferAfterMinutes, .int(0...240), default: 0),
        Field("price", \.price, .optional(Price.schema)),
        Field("needsRoom", \.needsRoom, .bool, default: false),
        Field("needsApproval", \.needsApproval, .bool, default: false),
        Field("branchIds", \.branchIds, .list(.string(1...64))),
        Field("practitionerIds", \.practitionerIds, .list(.string(1...64))))
}

/// The account with a phone number, as a customer.
struct DemoCustomer: Described {
    let phone: Phone
    let status: CustomerStatus
    let profile: ProfileChange

    static let schema = Schema<DemoCustomer>.object(
        DemoCustomer.init(phone:status:profile:), Field("phone", \.phone, Phone.schema),
        Field("status", \.status, .oneOf, default: .active), Field("profile", \.profile, ProfileChange.schema))
}

/// A visit, so many days from the day of loading; where nobody works or the time is taken, on the nearest day before.
struct DemoAppointment: Described {
    let phone: Phone
    let serviceId: String
    let practitionerId: String
    let days: Int
    /// Minutes since midnight on the branch's clock.
    let time: Int
    let state: AppointmentState

    static let schema = Schema<DemoAppointment>.object(
        DemoAppointment.init(phone:serviceId:practitionerId:days:time:state:), Field("phone", \.phone, Phone.schema),
        Field("serviceId", \.serviceId, .string(1...64)), Field("practitionerId", \.practitionerId, .string(1...64)),
        Field("days", \.days, .int(-3650...365)), Field("time", \.time, .clockMinutes),
        Field("state", \.state, .oneOf))
}
