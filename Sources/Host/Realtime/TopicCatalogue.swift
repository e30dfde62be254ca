import PluginAPI

/// Every topic of every plugin of the process, numbered. Made once; tenants only decide which of them exist.
final class TopicCatalogue: Sendable {
    /// One topic.
    struct Entry: Sendable {
        /// The position of its plugin in the process's list, and its own in that plugin's manifest.
        let plugin: Int, number: Int
        let pluginID: String
        let declaration: TopicDeclaration
    }

    /// Where an event stands in topics.
    struct Use: Sendable {
        /// The number of the topic.
        let topic: Int
        /// The position among the topic's events.
        let event: Int
    }

    let entries: [Entry]
    /// By the names of events.
    private let uses: [String: [Use]]
    /// Every event that some topic tells of.
    let eventNames: [String]
    private let host: Int

    init(_ definitions: [PluginDefinition]) {
        var entries: [Entry] = []
        var uses: [String: [Use]] = [:]
        for (position, plugin) in definitions.enumerated() {
            for (number, topic) in plugin.topics.enumerated() {
                for (event, declaration) in topic.events.enumerated() {
                    uses[declaration.event, default: []].append(Use(topic: entries.count, event: event))
                }
                entries.append(Entry(plugin: position, number: number, pluginID: plugin.id, declaration: topic))
            }
        }
        self.entries = entries
        self.uses = uses
        eventNames = uses.keys.sorted()
        host = definitions.firstIndex(where: \.isHost) ?? -1
    }

    func uses(of event: String) -> [Use] { uses[event] ?? [] }

    /// What a plugin's own way in offers: its topics and the host's, by their names. The host's offers every topic, by its
    /// plugin and name.
    func menu(ofPlugin position: Int) -> TopicMenu {
        if position == host { return wholeMenu }
        var items: [TopicMenu.Item] = []
        for owner in [position, host] {
            for (topic, entry) in entries.enumerated() where entry.plugin == owner {
                // The plugin's own name for something wins over the host's.
                if items.contains(where: { $0.name == entry.declaration.name }) { continue }
                items.append(TopicMenu.Item(name: entry.declaration.name, topic: topic))
            }
        }
        return TopicMenu(items: items, isQualified: false)
    }

    private var wholeMenu: TopicMenu {
        TopicMenu(
            items: entries.enumerated().map { topic, entry in
                TopicMenu.Item(name: entry.qualifiedName, topic: topic)
            }, isQualified: true)
    }
}

extension TopicCatalogue.Entry {
    /// `medical-opinion.case_updates`
    var qualifiedName: String { "\(pluginID).\(declaration.name)" }
}

/// What one way in offers to subscribe to.
final class TopicMenu: Sendable {
    /// A topic and what it is called here.
    struct Item: Sendable {
        let name: String
        let topic: Int
    }

    let items: [Item]
    /// Whether messages say their topic, in the host's one form.
    let isQualified: Bool

    init(items: [Item], isQualified: Bool) {
        self.items = items
        self.isQualified = isQualified
    }

    func topic(_ name: String) -> Int? { items.first { $0.name == name }?.topic }

    /// The names of some topics, in the order of the menu.
    func names(_ topics: TopicSet) -> [String] { items.filter { topics.contains($0.topic) }.map(\.name) }
}
