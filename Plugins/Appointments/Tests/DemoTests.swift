import FoundationEssentials
import PluginAPI
import Testing

@testable import Appointments

@Suite struct `The demo` {
    private static func file(_ name: String) throws -> JSONDocument {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDocument(Array(Data(contentsOf: folder.appending(path: "demo/\(name)"))))
    }

    @Test func `has settings that the plugin understands, and lets people book 400 days ahead`() throws {
        let settings = try Settings.schema.decode(.json(Self.file("settings.json").root))
        #expect(settings.maximumDaysAhead == 400)
    }

    @Test func `has data that hangs together`() throws {
        let data = try DemoData.schema.decode(.json(Self.file("demo-data.json").root))
        #expect(Set(data.branches.map(\.timeZone.name)) == ["America/New_York", "Europe/Berlin"])
        #expect((4...6).contains(data.services.count))
        #expect(data.practitioners.count >= 4)
        #expect(data.customers.map(\.phone.text) == (1...9).map { "+1555010000\($0)" })
        let branches = Set(data.branches.map(\.id)), people = Set(data.practitioners.map(\.id))
        for service in data.services {
            #expect(branches.isSuperset(of: service.branchIds))
            #expect(people.isSuperset(of: service.practitionerIds))
            // Somebody performs it everywhere it is offered.
            for branch in service.branchIds {
                #expect(
                    data.practitioners.contains {
                        $0.branchId == branch && service.practitionerIds.contains($0.id)
                    })
            }
        }
        for visit in data.appointments {
            let service = data.services.first { $0.id == visit.serviceId }
            #expect(service?.practitionerIds.contains(visit.practitionerId) == true)
        }
    }
}
