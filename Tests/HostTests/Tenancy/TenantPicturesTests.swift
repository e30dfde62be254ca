import FoundationEssentials
import PluginAPI
import Testing
import Workers

@testable import Host

@Suite struct `The pictures of a tenant's folder` {
    private static let webp = "RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8 "

    private static func folder(_ pictures: [String: String]) throws -> TenantFolder {
        let folder = try TenantFolder()
        try folder.write("lumen", #"{"name":"L"}"#)
        for (name, text) in pictures { try folder.write("lumen/content/bells/images", file: name, text) }
        return folder
    }

    @Test(arguments: [
        ("a.svg", "<svg/>", "SVG is not served"), ("a.png", webp, "is not what its name says: image/webp"),
        ("a.webp", "<script>", "is not what its name says: no picture"), ("a.b.webp", webp, "must be named"),
        ("a.webp", webp + String(repeating: "x", count: 1 << 20), "is longer than 1048576 bytes"),
    ])
    func `are refused where they are none, or too large`(name: String, text: String, fault: String) throws {
        let texts = try Self.folder([name: text]).texts(try Self.folder([name: text]).read())
        #expect(texts.count == 1)
        #expect(texts.first?.contains(fault) == true, "\(texts)")
    }

    @Test func `make a reload when one comes, and are no texts`() throws {
        let folder = try Self.folder(["a.webp": Self.webp])
        #expect(folder.texts(try folder.read()) == [])
        let before = try #require(try folder.read().tenants.first)
        try folder.write("lumen/content/bells/images", file: "b.webp", Self.webp)
        let after = try #require(try folder.read().tenants.first)
        #expect(before.fingerprint != after.fingerprint)
        #expect(TenantContent.files(of: "bells", in: folder.path + "/lumen") == [])
    }

    @Test(arguments: ["../../tenant.json", "b.webp", ".webp", "a.webp/", "..", "", "a.svg", "a.webp\u{0}"])
    func `are found by no other name than their own`(name: String) throws {
        let folder = try Self.folder(["a.webp": Self.webp, "a.svg": "<svg/>"])
        let path = folder.path + "/lumen/content/bells/images"
        #expect(PictureFiles.picture(name, in: path) == nil)
        #expect(
            PictureFiles.picture("a.webp", in: path)
                == ContentPicture(mediaType: "image/webp", bytes: Array(Self.webp.utf8)))
    }
}
