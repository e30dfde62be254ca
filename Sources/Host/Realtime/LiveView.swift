import HTTPServer
import PluginAPI

/// What live connections need of an open tenant: who people are, and how its plugins tell their events. Replaced with the
/// tenant's runtime.
final class LiveView: Sendable {
    let auth: TenantAuth
    let catalogue: TopicCatalogue
    /// Whether the tenant serves, and is not suspended.
    let isServing: Bool
    private let plugins: [(any InstalledPlugin)?]
    private let log: any Log

    init(
        auth: TenantAuth, catalogue: TopicCatalogue, isServing: Bool, plugins: [(any InstalledPlugin)?], log: any Log
    ) {
        self.auth = auth
        self.catalogue = catalogue
        self.isServing = isServing
        self.plugins = plugins
        self.log = log
    }

    /// Whether a topic exists for this tenant.
    func has(_ topic: Int) -> Bool { plugins[catalogue.entries[topic].plugin] != nil }

    /// Whether an account may follow a topic.
    func admits(_ facts: SessionFacts, to topic: Int) -> Bool {
        let entry = catalogue.entries[topic]
        guard plugins[entry.plugin] != nil else { return false }
        guard let need = entry.declaration.permission else { return true }
        return facts.principal(for: entry.pluginID).reach(of: need) != nil
    }

    /// Encodes a stretch of the log. What a plugin cannot tell is left out, and the log says so.
    func batch(from: Int64, to: Int64, _ events: [LoggedEvent]) -> LiveBatch {
        LiveBatch(from: from, to: to, items: events.compactMap(item))
    }

    private func item(_ event: LoggedEvent) -> LiveItem? {
        let uses = catalogue.uses(of: event.name)
        guard event.audience != .machines, !uses.isEmpty, let payload = try? JSONDocument(event.payload) else {
            return nil
        }
        var told: [(use: TopicCatalogue.Use, data: LiveData)] = []
        for use in uses {
            let entry = catalogue.entries[use.topic]
            do {
                guard
                    let data = try plugins[entry.plugin]?.live(topic: entry.number, event: use.event, payload)
                else { continue }
                told.append((use, data))
            } catch {
                log.write(
                    .error, "an event cannot be told live",
                    ["plugin": entry.pluginID, "event": event.name, "error": "\(error)"])
            }
        }
        let forms = told.enumerated().compactMap { number, each in
            form(each.use, each.data, EventID(event.place, part: number == told.count - 1 ? nil : number), event.at)
        }
        guard !forms.isEmpty else { return nil }
        return LiveItem(
            event: event.id, subject: event.subject, audience: event.audience, publisher: event.publisher,
            forms: forms)
    }

    private func form(_ use: TopicCatalogue.Use, _ data: LiveData, _ id: EventID, _ at: Instant) -> LiveItem.Form? {
        let entry = catalogue.entries[use.topic]
        let declaration = entry.declaration.events[use.event]
        let plain = Self.message(declaration.type, topic: nil, data.data, id, at)
        let qualified = Self.message(declaration.type, topic: entry.qualifiedName, data.data, id, at)
        // The names of types are checked at start, so these cannot fail.
        guard
            let brief = try? ServerSentEvent(
                event: data.brief == nil ? nil : declaration.stream, data: data.brief, id: id.text),
            let whole = try? ServerSentEvent(data: qualified, id: id.text)
        else { return nil }
        return LiveItem.Form(
            topic: use.topic, need: entry.declaration.permission, plugin: entry.pluginID,
            plain: Push(frame: .text(utf8: plain), event: brief),
            qualified: Push(frame: .text(utf8: qualified), event: whole))
    }

    private static func message(
        _ type: String, topic: String?, _ data: [UInt8], _ id: EventID, _ at: Instant
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("type")
        writer.value(type)
        if let topic {
            writer.key("topic")
            writer.value(topic)
        }
        writer.key("id")
        writer.value(id.text)
        writer.key("timestamp")
        writer.value(at)
        writer.key("data")
        writer.value(encoded: data)
        writer.endObject()
        return writer.bytes
    }
}
