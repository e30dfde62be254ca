import PluginAPI

/// A tenant's own words for messages, which stand before those of its plugins:
/// `templates/<plugin>/<notice>.<channel>.<language>.txt` or `.html` in its folder.
struct TenantTemplates: Sendable, Equatable {
    /// What a text is for.
    struct Key: Sendable, Hashable {
        let plugin: String
        let notice: String
        let channel: Channel
        /// In lower case.
        let language: String
    }

    /// The parts that were written; what is missing is the plugin's.
    struct Text: Sendable, Equatable {
        var subject: String?
        var body: String?
        /// What stands inside the mail's frame.
        var html: String?
    }

    let texts: [Key: Text]

    static let none = TenantTemplates(texts: [:])

    /// Placeholders that every text may use, beside those of its notice.
    static let shared = ["portalName", "portalLink"]

    /// The words for a notice on a channel in a language; nil when there are none.
    func text(_ notice: String, of plugin: String, on channel: Channel, in language: String) -> Text? {
        // Most tenants have none, and then nothing is made lower case.
        guard !texts.isEmpty else { return nil }
        return texts[Key(plugin: plugin, notice: notice, channel: channel, language: language.lowercased())]
    }
}
