import PluginTestKit

@testable import Appointments

extension Portal {
    /// Somebody of the clinic, signed in by password.
    func staff(_ role: String, at branch: String? = nil) async throws -> Caller {
        .person(
            try await person(
                email: "\(role.lowercased())-\(branch ?? "everywhere")@test.example", roles: [role], branch: branch))
    }

    /// Adds a patient, and gives their id.
    func patient(
        _ firstName: String = "Pia", phone: String? = nil, at branch: String = "brn_berlin", as caller: Caller
    ) async throws -> String {
        var new: JSON.Members = [
            "firstName": .string(firstName), "lastName": "Lang", "practiceId": .string(branch),
        ]
        if let phone { new["phone"] = .string(phone) }
        let added = await send("POST", "/v1/patients", .object(new), as: caller)
        guard let id = added.body["id"]?.string else { throw NoPatient(answer: added.text) }
        return id
    }

    /// A patient was not added.
    struct NoPatient: Error { let answer: String }
}

/// A visit that the clinic books; Tuesday 9 March 2027, 9:00 in Berlin, unless said otherwise.
func visit(
    of patient: String, _ start: String = "2027-03-09T08:00:00Z", service: String = "svc_check",
    with practitioner: String? = "prc_anna", and more: JSON = [:]
) -> JSON {
    var visit: JSON.Members = [
        "patientId": .string(patient), "serviceId": .string(service), "startTime": .string(start),
    ]
    if let practitioner { visit["practitionerId"] = .string(practitioner) }
    return JSON.object(visit).merged(with: more)
}
