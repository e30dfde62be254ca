import HTTPServer
import PluginAPI

/// A stretch of the event log as connections get it: encoded once, shared by all of them.
final class LiveBatch: Sendable {
    /// Everything behind this event up to `to` is in it, as far as somebody may follow it.
    let from: Int64
    let to: Int64
    let items: [LiveItem]

    init(from: Int64, to: Int64, items: [LiveItem]) {
        self.from = from
        self.to = to
        self.items = items
    }
}

/// One event in every form in which it is told.
struct LiveItem: Sendable {
    let event: Int64
    let subject: Subject
    let audience: Audience
    /// The plugin that has published it, whose permissions the audience names.
    let publisher: String
    let forms: [Form]

    /// One message.
    struct Form: Sendable {
        let topic: Int
        /// What it takes to follow the topic.
        let need: Permission?
        /// The plugin whose permission that is.
        let plugin: String
        /// As plugins' ways in tell it, and as the host's do.
        let plain: Push, qualified: Push
    }
}

extension Audience {
    /// Whether an account may hear of a subject, as it stands now.
    func admits(_ facts: SessionFacts, to subject: Subject, of publisher: String) -> Bool {
        switch self {
        case .holders(let permission):
            facts.principal(for: publisher).reach(of: permission)?.covers(subject) ?? false
        case .people(let people): people.contains(facts.person)
        case .machines: false
        }
    }
}
