import FoundationEssentials
import PluginAPI
import Testing

@testable import Appointments

@Suite struct `The demo` {
    /// What a file of a demo tenant says about this plugin.
    private static func part(_ file: String, of tenant: String) throws -> JSONCursor? {
        var repository = URL(filePath: #filePath)
        for _ in 0..<4 { repository = repository.deletingLastPathComponent() }
        let bytes = try Array(Data(contentsOf: repository.appending(path: "tenants/\(tenant)/\(file)")))
        return try JSONDocument(bytes, dialect: .commented).root.member("plugins")?.member("appointments")
    }

    @Test(arguments: ["lumen", "northgate"])
    func `has settings that the plugin understands, and lets people book 400 days ahead`(_ tenant: String) throws {
        let settings = try Settings.schema.decode(.json(#require(try Self.part("tenant.json", of: tenant))))
        #expect(settings.maximumDaysAhead == 400)
    }

    @Test(arguments: ["lumen", "northgate"])
    func `has data that hangs together`(_ tenant: String) throws {
        let data = try DemoData.schema.decode(.json(#require(try Self.part("demo.json", of: tenant))))
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
