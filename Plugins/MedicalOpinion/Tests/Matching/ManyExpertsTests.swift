import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A company with many experts` {
    @Test func `finds candidates among them all, each with their own licences`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let cast = try await Cast(portal)
            var last: PersonID?
            for number in 0..<60 {
                let person = try await cast.expert(
                    "Expert\(number)", "Of Many", number % 2 == 0 ? ["Cardiology"] : ["Oncology"])
                await portal.send(
                    "POST", "/v1/staff/professionals/\(person.rawValue)/licences",
                    ["country": number == 58 ? "US" : "CH", "number": "1", "validUntil": "2029-01-01"], as: cast.boss)
                if number == 58 { last = person }
            }
            await portal.send(
                "PATCH", "/v1/portal/profile", ["address": ["street": "1", "city": "Boston", "country": "US"]],
                as: cast.john)
            let found = await cast.candidates(for: await cast.sentCase())
            #expect(found.count == 60)
            #expect(found.first?.id == last?.rawValue)
            #expect(found.prefix(30).allSatisfy { $0.shown["fits"] == true })
            #expect(found.suffix(30).allSatisfy { $0.shown["fits"] == false })
        }
    }
}
