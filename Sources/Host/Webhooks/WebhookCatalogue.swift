import PluginAPI

/// The events that other people's servers can be told of, of every plugin of the process.
struct WebhookCatalogue: Sendable {
    /// One of them.
    struct Entry: Sendable {
        /// The position of its plugin in the process's list, and its own in that plugin's manifest.
        let plugin: Int, number: Int
        let declaration: WebhookEventDeclaration
    }

    let entries: [Entry]
    /// By the names of the events they are made from.
    private let sources: [String: [Int]]
    /// Every event that one is made from.
    let eventNames: [String]

    init(_ definitions: [PluginDefinition]) {
        var entries: [Entry] = []
        var sources: [String: [Int]] = [:]
        for (position, plugin) in definitions.enumerated() {
            for (number, webhook) in plugin.webhooks.enumerated() {
                sources[webhook.event, default: []].append(entries.count)
                entries.append(Entry(plugin: position, number: number, declaration: webhook))
            }
        }
        self.entries = entries
        self.sources = sources
        eventNames = sources.keys.sorted()
    }

    /// What is made from an event.
    func made(from event: String) -> [Entry] { (sources[event] ?? []).map { entries[$0] } }
}
