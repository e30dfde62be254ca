import PluginTestKit
import Testing

/// The people of a story about finding an expert.
struct Cast {
    let portal: Portal
    let john: Caller
    let johnID: PersonID
    let desk: Caller
    let boss: Caller

    init(_ portal: Portal) async throws {
        self.portal = portal
        johnID = try await portal.person(
            givenName: "John", familyName: "Doe", email: "john@example.com", roles: ["customer"])
        john = .person(johnID)
        desk = .person(try await portal.person(email: "desk@example.com", roles: ["case_manager"]))
        boss = .person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
    }

    /// Makes an expert of somebody new.
    func expert(
        _ given: String, _ family: String, _ specialties: [JSON] = ["Cardiology"], languages: [JSON] = ["en"],
        capacity: Int = 10
    ) async throws -> PersonID {
        let person = try await portal.person(
            givenName: given, familyName: family, email: "\(given.lowercased())@clinic.example", roles: ["expert"])
        let made = await portal.send(
            "POST", "/v1/staff/professionals",
            [
                "personId": .string(person.rawValue), "title": "Consultant", "specialties": .array(specialties),
                "languages": .array(languages), "capacity": .integer(Int64(capacity)),
            ], as: boss)
        #expect(made.status == 201, "\(made.text)")
        return person
    }

    /// Sends a case of John's and gives its number.
    func sentCase(_ more: [String: JSON] = [:], of customer: Caller? = nil) async -> String {
        var body: JSON.Members = ["specialty": "Cardiology", "question": "Is surgery needed?"]
        for (name, value) in more { body[name] = value }
        let sent = await portal.send("POST", "/v1/portal/cases", .object(body), as: customer ?? john)
        #expect(sent.status == 201, "\(sent.text)")
        return sent.body["data"]?["caseNumber"]?.string ?? ""
    }

    /// Invites an expert and gives the invitation's id.
    func invite(_ expert: PersonID, to number: String, _ more: [String: JSON] = [:]) async -> String {
        var body: JSON.Members = ["professionalId": .string(expert.rawValue)]
        for (name, value) in more { body[name] = value }
        let sent = await portal.send("POST", "/v1/staff/cases/\(number)/invitations", .object(body), as: desk)
        #expect(sent.status == 201, "\(sent.text)")
        return sent.body["data"]?["id"]?.string ?? ""
    }

    func state(of number: String) async -> String? {
        (await portal.send("GET", "/v1/staff/cases/\(number)", as: desk)).body["data"]?["detailedStatus"]?.string
    }

    /// The candidates for a case by their ids.
    func candidates(for number: String) async -> [(id: String, shown: JSON)] {
        let answer = await portal.send("GET", "/v1/staff/cases/\(number)/candidates", as: desk)
        #expect(answer.status == 200, "\(answer.text)")
        return (answer.body["data"]?["candidates"]?.elements ?? []).map {
            ($0["professional"]?["id"]?.string ?? "", $0)
        }
    }

    /// What was mailed to somebody, with the subjects.
    func mail(to address: String) async -> [Message] {
        await portal.work()
        return await portal.outbox.email.filter { $0.to == address }
    }
}
