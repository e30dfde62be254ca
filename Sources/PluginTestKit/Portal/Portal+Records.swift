import Host
public import PluginAPI

extension Portal {
    /// The messages that were captured so far, the oldest first. Ask for them after ``work()``.
    public var outbox: Outbox {
        get async {
            Outbox(
                messages: await kept { try await $0.messages(in: tenant) }.map {
                    Message(channel: $0.channel, to: $0.to, subject: $0.subject, body: $0.body, at: $0.at)
                })
        }
    }

    /// The events that were published so far, in order.
    public var events: [PublishedRow] {
        get async {
            await kept { try await $0.events(in: tenant) }.map { event in
                PublishedRow(
                    name: event.name, payload: Self.tree(event.payload), subjectKind: event.subjectKind,
                    subjectID: event.subjectID, owner: event.owner, branch: event.branch,
                    audience: Self.tree(Array(event.audience.utf8)), at: event.at)
            }
        }
    }

    /// The audit log so far, in order.
    public var audit: [AuditRecord] {
        get async {
            await kept { try await $0.audit(in: tenant) }.map { entry in
                AuditRecord(
                    plugin: entry.plugin, action: entry.action, subjectKind: entry.subjectKind,
                    subjectID: entry.subjectID, outcome: entry.outcome, person: entry.person, address: entry.address,
                    requestID: entry.requestID, details: Self.tree(Array(entry.details.utf8)), at: entry.at)
            }
        }
    }

    /// The jobs of the plugins that wait, the soonest first.
    public var jobs: [WaitingJob] {
        get async {
            await kept { try await $0.jobs(in: tenant) }.map { WaitingJob(name: $0.name, key: $0.key, at: $0.at) }
        }
    }

    /// Runs the waiting jobs of a name as if their moment had come, with everything else that is due.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func run(job: String) async -> Int {
        do {
            return try await stage.host.run(job: job, in: tenant)
        } catch {
            stage.fail(error)
            return 0
        }
    }

    /// Loads what the demo shows, as the demo does.
    ///
    /// - Parameter plugin: its id; the first plugin's when nil.
    public func loadDemo(_ data: JSON, of plugin: String? = nil) async throws {
        try await stage.host.loadDemo(data, of: plugin ?? stage.plugins.first?.id ?? "", in: tenant)
    }

    /// Rows; when they cannot be read there are none, and the test fails at its end.
    private func kept<Row>(_ read: (TestHost) async throws -> [Row]) async -> [Row] {
        do {
            return try await read(stage.host)
        } catch {
            stage.fail(error)
            return []
        }
    }

    private static func tree(_ bytes: [UInt8]) -> JSON { (try? JSONDocument(bytes).root.tree) ?? .null }
}

/// Messages that were captured instead of sent.
public struct Outbox: Sendable {
    /// All, the oldest first.
    public let messages: [Message]

    /// Text messages, the oldest first.
    public var sms: [Message] { messages.filter { $0.channel == .sms } }
    /// E-mails, the oldest first.
    public var email: [Message] { messages.filter { $0.channel == .email } }

    /// The digits of the newest sign-in code to a phone.
    public func code(to phone: String) -> String? {
        for message in sms.reversed() where message.to == phone {
            let words = message.body.split { !$0.isNumber }
            if let code = words.last(where: { $0.count == 6 }) { return String(code) }
        }
        return nil
    }
}

/// A message that was captured.
public struct Message: Sendable {
    public let channel: Channel
    /// A phone number or address.
    public let to: String
    /// Empty where the channel has none.
    public let subject: String
    public let body: String
    /// When it was asked for.
    public let at: Instant
}

/// An event that was published.
public struct PublishedRow: Sendable {
    public let name: String
    public let payload: JSON
    public let subjectKind: String, subjectID: String
    public let owner: PersonID?
    public let branch: String?
    /// `{"permission": …}`, `{"people": […]}`, or empty for machines.
    public let audience: JSON
    public let at: Instant
}

/// An entry of the audit log.
public struct AuditRecord: Sendable {
    public let plugin: String, action: String, subjectKind: String, subjectID: String
    /// `success` or `refused`.
    public let outcome: String
    public let person: PersonID?
    public let address: String?
    public let requestID: String
    public let details: JSON
    public let at: Instant
}

/// Work that waits.
public struct WaitingJob: Sendable, Equatable {
    public let name: String, key: String
    public let at: Instant
}
