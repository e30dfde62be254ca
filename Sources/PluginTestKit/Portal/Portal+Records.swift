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
                    subjectID: entry.subjectID, outcome: entry.outcome, onBehalfOf: entry.onBehalfOf,
                    person: entry.person, address: entry.address,
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

    /// Has somebody answer by a text message, and lets the plugins hear of it.
    ///
    /// - Parameters:
    ///   - phone: whose number it comes from.
    ///   - reference: the provider's name for the message; one that came before is not taken again.
    /// - Returns: whether the number is somebody's and the message is new.
    @discardableResult
    public func answer(_ text: String, from phone: String, reference: String) async -> Bool {
        do {
            let isTaken = try await stage.host.take(text, from: phone, reference: reference, in: tenant)
            await work()
            return isTaken
        } catch {
            stage.fail(error)
            return false
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
