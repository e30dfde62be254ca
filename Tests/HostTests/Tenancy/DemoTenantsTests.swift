import PluginAPI
import Testing

@testable import Host

@Suite struct `The demo's tenants` {
    /// The repository's own folder, four above this file.
    private static let folder =
        "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        + "/tenants"
    private static let slugs = ["harbor", "lumen", "meridian", "northgate", "summit"]
    private static let plugins = ["medical-opinion", "appointments", "legal-cases", "sales-tasks"]

    private static let roles = [
        "appointments": ["customer", "ADMIN", "MANAGER", "PRACTITIONER", "STAFF", "RECEPTION"],
        "legal-cases": ["CLIENT", "PARALEGAL", "ATTORNEY", "ADMIN"],
        "medical-opinion": ["admin", "case_manager", "expert", "customer_admin", "customer"],
        "sales-tasks": ["ADMIN", "SUPERVISOR", "SALES_REP"],
    ]

    @Test func `have no mistakes, whichever plugins are built in`() throws {
        let reader = TenantReader(catalogue: PluginCatalogue([]), allowsUnknownPlugins: true)
        let directory = try TenantDirectory(
            reading: TenantDirectory.Source(folder: Self.folder, baseDomain: "localhost", reader: reader))
        #expect(directory.findings.filter { $0.weight == .mistake } == [])
        #expect(directory.tenants.map(\.slug) == Self.slugs)
        for tenant in directory.tenants {
            let values = try TenantSettings(content: tenant.content, reader: reader).values
            #expect(values.cors.origins.map(\.text) == ["http://localhost:3000", "http://localhost:5173"])
            #expect(values.registration == .invited)
            #expect(values.plugins.keys.allSatisfy { Self.plugins.contains($0) })
            #expect(values.plugins.count == (tenant.slug == "northgate" ? 4 : 1))
        }
        #expect(directory.hostNames.tenant(host: "lumen.localhost:8080") == 1)
    }

    @Test(arguments: slugs) func `have people with what they sign in by`(slug: String) throws {
        let bytes = try Files.contents("\(Self.folder)/\(slug)/demo.json", limit: 1 << 20)
        let demo = try JSONDocument(bytes, dialect: .commented).root.tree
        guard case .array(let people)? = demo["people"] else {
            Issue.record("\(slug) has no people")
            return
        }
        #expect(!people.isEmpty)
        var identifiers: Set<String> = []
        for person in people {
            #expect(person["givenName"]?.string?.isEmpty == false)
            #expect(person["familyName"]?.string?.isEmpty == false)
            let own = ["email", "phone", "username"].compactMap { person[$0]?.string }
            #expect(!own.isEmpty)
            for identifier in own { #expect(identifiers.insert(identifier).inserted, "\(identifier) twice in \(slug)") }
            if let email = person["email"]?.string { #expect(Email(email) != nil) }
            if let phone = person["phone"]?.string { #expect(Phone(phone)?.text == phone) }
            guard case .array(let roles)? = person["roles"] else {
                Issue.record("\(person) has no list of roles")
                continue
            }
            for role in roles {
                let known = try #require(Self.roles[role["plugin"]?.string ?? ""], "\(role)")
                #expect(known.contains(role["role"]?.string ?? ""))
            }
        }
        #expect(demo["plugins"]?.members != nil)
    }
}
