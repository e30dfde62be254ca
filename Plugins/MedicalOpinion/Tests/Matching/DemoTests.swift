import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `The demo's experts` {
    @Test func `have the licences that it names`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let sarah = try await portal.person(email: "sarah@meridian.example", roles: ["expert"])
            try await portal.loadDemo([
                "experts": [
                    [
                        "email": "sarah@meridian.example", "title": "Cardiology", "specialties": ["Cardiology"],
                        "languages": ["en"],
                        "licences": [
                            ["country": "US", "region": "US-MA", "number": "1", "validUntil": "2029-06-30"]
                        ],
                    ]
                ]
            ])
            let own = await portal.send("GET", "/v1/staff/professionals/me", as: .person(sarah))
            #expect(own.body["data"]?["licences"]?[0]?["region"] == "US-MA", "\(own.text)")
        }
    }
}
