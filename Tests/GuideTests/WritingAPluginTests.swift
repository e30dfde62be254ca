import FoundationEssentials
import PluginAPI
import Testing

@Suite struct `The plugin in docs/writing-a-plugin.md` {
    private static let repository = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    private static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(repository)/\(name)")), as: UTF8.self)
    }

    @Test func `is the one that is compiled here, word for word`() throws {
        let source = try Self.text("Tests/GuideTests/NotesPlugin.swift")
        let document = try Self.text("docs/writing-a-plugin.md")
        #expect(document.contains("```swift\n\(source)```"))
    }

    @Test func `has no fault`() {
        #expect(Notes.manifest.faults.isEmpty)
        #expect(NoteSettings.schema.roundTrips)
    }
}
