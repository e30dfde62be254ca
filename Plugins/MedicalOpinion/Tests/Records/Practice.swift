import PluginTestKit
import Testing

@testable import MedicalOpinion

/// A portal with an expert, a desk, an admin and two customers.
struct Practice {
    let portal: Portal
    let anaID: PersonID
    let ana: Caller
    let ben: Caller
    let doctorID: PersonID
    let doctor: Caller
    let desk: Caller
    let boss: Caller

    init(_ portal: Portal) async throws {
        self.portal = portal
        func person(_ name: String, _ role: String) async throws -> PersonID {
            try await portal.person(givenName: name, email: "\(name.lowercased())@test.example", roles: [role])
        }
        anaID = try await person("Ana", "customer")
        ana = .person(anaID)
        ben = .person(try await person("Ben", "customer"))
        doctorID = try await person("Sarah", "expert")
        doctor = .person(doctorID)
        desk = .person(try await person("Dora", "case_manager"))
        boss = .person(try await person("Bob", "admin"))
        let made = await portal.send(
            "POST", "/v1/staff/professionals",
            [
                "personId": .string(doctorID.rawValue), "title": "Cardiology", "specialties": ["Cardiology"],
                "languages": ["en"],
            ], as: boss)
        #expect(made.status == 201, "\(made.text)")
    }

    /// Sends a case of somebody's.
    func send(
        _ question: String, as caller: Caller, about: String = "", urgency: String = "normal", draft: Bool = false
    ) async throws -> String {
        let sent = await portal.send(
            "POST", "/v1/portal/cases",
            [
                "specialty": "Cardiology", "question": .string(question), "description": .string(about),
                "urgency": .string(urgency), "draft": .bool(draft),
            ], as: caller)
        return try #require(sent.body["data"]?["caseNumber"]?.string, "\(sent.text)")
    }

    func assign(_ number: String) async {
        let path = "/v1/staff/cases/\(number)/assign"
        let answer = await portal.send("POST", path, ["professionalId": .string(doctorID.rawValue)], as: desk)
        #expect(answer.status == 200, "\(answer.text)")
    }

    func deliver(_ number: String, _ text: String) async {
        let answer = await portal.send(
            "POST", "/v1/staff/cases/\(number)/opinion", ["text": .string(text)], as: doctor)
        #expect(answer.status == 201, "\(answer.text)")
    }

    func get(_ path: String, as caller: Caller) async -> Answer { await portal.send("GET", path, as: caller) }

    /// Everything that is kept of somebody, as they get it.
    func export(of caller: Caller) async throws -> JSON {
        let asked = await portal.send("POST", "/_portico/v1/me/export", as: caller)
        #expect(asked.status == 202, "\(asked.text)")
        await portal.work()
        let shown = await get("/_portico/v1/me/export", as: caller)
        return await get(try #require(shown.body["downloadUrl"]?.string, "\(shown.text)"), as: caller).body
    }

    func erase(_ person: PersonID) async {
        let answer = await portal.send(
            "POST", "/_portico/v1/erasures", ["userId": .string(person.rawValue)], as: boss)
        #expect(answer.status == 201, "\(answer.text)")
    }
}

func withPractice(settings: JSON = [:], files: [String: String] = [:], _ body: (Practice) async throws -> Void)
    async throws
{
    try await withPlugin(MedicalOpinion.self, settings: settings, files: files) { portal in
        let practice = try await Practice(portal)
        try await body(practice)
        #expect(portal.faults == [])
    }
}
