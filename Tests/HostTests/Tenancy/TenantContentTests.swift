import PluginAPI
import Testing

@testable import Host

@Suite struct `The texts of a tenant's folder` {
    @Test func `are refused where their plugin has no use for them, or is none`() throws {
        let folder = try TenantFolder()
        try folder.write("lumen", #"{"name":"L"}"#)
        let id = VisitsPlugin.manifest.id
        try folder.write("lumen/content/\(id)", file: "a.md", "# A")
        try folder.write("lumen/content/bells", file: "b.md", "# B")
        #expect(
            folder.texts(try folder.read()).sorted()
                == [
                    "lumen/content/\(id)/a.md: is a text for a plugin that has no use for it",
                    "lumen/content/bells/b.md: bells is not a plugin of this build",
                ].sorted())
    }

    @Test func `make a reload when they change, and are read as they stand`() throws {
        let folder = try TenantFolder()
        try folder.write("lumen", #"{"name":"L"}"#)
        func directory() throws -> TenantDirectory {
            try TenantDirectory(reading: folder.source(allowsUnknownPlugins: true))
        }
        let before = try #require(try directory().tenants.first)
        try folder.write("lumen/content/bells", file: "b.md", "# Grüße")
        let after = try #require(try directory().tenants.first)
        #expect(before.fingerprint != after.fingerprint)
        #expect(
            TenantContent.files(of: "bells", in: folder.path + "/lumen") == [
                ContentFile(name: "b.md", text: "# Grüße")
            ])
        #expect(TenantContent.files(of: "chimes", in: folder.path + "/lumen") == [])
        #expect(TenantContent.files(of: "bells", in: folder.path + "/none") == [])
    }
}
