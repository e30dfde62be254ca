import PluginTestKit
import Testing

@Suite struct `Declaring conversations` {
    /// A plugin with every mistake that its conversations can have.
    private struct Careless: Plugin {
        static let manifest = Manifest<Self>(
            id: "careless", summary: "Careless.", dialect: .envelope, prefixes: ["/careless"], routes: [],
            personalData: [
                PersonalData(table: "careless_note", person: "person; DROP", exported: [], erasure: .delete)
            ],
            conversations: Conversations(
                kinds: [ConversationKind("a", "", pool: ["nobody"]), ConversationKind("a", "")],
                read: Permission("read:messages"), write: Permission("write:messages"), filesAt: "/careless/files"))

        init(settings: Nothing, services: Services) {}
    }

    @Test func `mistakes keep the host from starting, all of them told`() {
        let faults = Careless.manifest.faults
        for words in [
            "read:messages, which is not declared", "write:messages, which is not declared",
            "the role nobody, which is not declared", "kind of conversations", "personal data of careless_note",
        ] {
            #expect(faults.contains { $0.contains(words) }, "\(words): \(faults)")
        }
        #expect(Praxis.manifest.faults == [] && Kanzlei.manifest.faults == [] && Salon.manifest.faults == [])
    }

    @Test(arguments: [
        ("Hello", "Hello"), ("  two\n\nlines ", "two lines"), ("", ""),
        (String(repeating: "x", count: 120), String(repeating: "x", count: 120)),
        (String(repeating: "x", count: 121), String(repeating: "x", count: 120) + "..."),
        (String(repeating: "é", count: 200), String(repeating: "é", count: 120) + "..."),
    ])
    func `a preview is one line, and not long`(text: String, preview: String) {
        #expect(ConversationMessage.preview(of: text) == preview)
    }
}
