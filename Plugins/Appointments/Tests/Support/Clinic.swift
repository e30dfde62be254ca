import PluginTestKit

@testable import Appointments

/// A small clinic: two practitioners and two rooms in Berlin, one practitioner in New York, Monday to Friday, 9 to 17.
enum Clinic {
    static let data: JSON = [
        "branches": [
            branch("brn_berlin", "Berlin Mitte", "Europe/Berlin", rooms: ["rom_1", "rom_2"]),
            branch("brn_newyork", "Manhattan", "America/New_York", rooms: []),
        ],
        "practitioners": [
            practitioner("prc_anna", at: "brn_berlin"), practitioner("prc_bert", at: "brn_berlin"),
            practitioner("prc_carl", at: "brn_newyork"),
        ],
        "services": [
            service("svc_check", minutes: 30, by: ["prc_anna", "prc_bert", "prc_carl"]),
            service("svc_surgery", minutes: 60, by: ["prc_anna", "prc_bert"], ["needsRoom": true]),
            service("svc_laser", minutes: 30, by: ["prc_anna"], ["needsApproval": true]),
        ],
        "customers": [], "appointments": [],
    ]

    /// A visit to book; Tuesday 9 March 2027, 9:00 in Berlin, unless said otherwise.
    static func visit(
        _ start: String = "2027-03-09T08:00:00Z", service: String = "svc_check", branch: String = "brn_berlin",
        with practitioner: String? = "prc_anna"
    ) -> JSON {
        var visit: JSON.Members = [
            "serviceId": .string(service), "branchId": .string(branch), "start": .string(start),
        ]
        if let practitioner { visit["practitionerId"] = .string(practitioner) }
        return .object(visit)
    }

    /// Where slots of the service are asked for.
    static func slots(
        _ from: String, _ to: String? = nil, service: String = "svc_check", branch: String = "brn_berlin",
        with practitioner: String? = "prc_anna"
    ) -> String {
        "/api/customer/availability?serviceId=\(service)&branchId=\(branch)&from=\(from)&to=\(to ?? from)"
            + (practitioner.map { "&practitionerId=\($0)" } ?? "")
    }

    private static let hours: JSON = .array(
        ["monday", "tuesday", "wednesday", "thursday", "friday"].map { day in
            ["weekday": .string(day), "opens": "09:00", "closes": "17:00"]
        })

    private static func branch(_ id: String, _ name: String, _ zone: String, rooms: [String]) -> JSON {
        [
            "id": .string(id), "name": .string(name), "timeZone": .string(zone),
            "address": ["line1": "1 Main Street", "city": "Somewhere", "country": "DE"], "openingHours": hours,
            "holidays": [["month": 5, "day": 1, "name": "Labour Day"]],
            "rooms": .array(rooms.map { ["id": .string($0), "name": .string($0)] }),
        ]
    }

    private static func practitioner(_ id: String, at branch: String) -> JSON {
        ["id": .string(id), "name": .string("Dr. \(id)"), "branchId": .string(branch), "workingHours": hours]
    }

    private static func service(_ id: String, minutes: Int64, by: [String], _ more: JSON = [:]) -> JSON {
        let basis: JSON = [
            "id": .string(id), "name": .string(id), "durationMinutes": .integer(minutes),
            "branchIds": by.contains("prc_carl") ? ["brn_berlin", "brn_newyork"] : ["brn_berlin"],
            "practitionerIds": .array(by.map { .string($0) }),
        ]
        return basis.merged(with: more)
    }
}

/// Runs the plugin with the clinic.
func withClinic<T>(
    settings: JSON = [:], tenants: [String] = ["test"], over transport: Transport = .process,
    _ body: (Portal) async throws -> T
) async throws -> T {
    try await withPlugin(
        Appointments.self, settings: settings, tenants: tenants, tenant: ["languages": ["en", "de"]], over: transport
    ) { portal in
        for tenant in tenants { try await portal.at(tenant).loadDemo(Clinic.data) }
        return try await body(portal)
    }
}

extension Portal {
    /// A customer, signed in.
    func customer(phone: String = "+15550100001", language: String? = nil) async throws -> Caller {
        .person(try await person(phone: phone, language: language, roles: ["customer"]), by: ["sms"])
    }

    /// Books a visit.
    @discardableResult
    func book(_ visit: JSON = Clinic.visit(), as caller: Caller, headers: [String: String] = [:]) async -> Answer {
        await send("POST", "/api/customer/appointments", visit, as: caller, headers: headers)
    }
}
