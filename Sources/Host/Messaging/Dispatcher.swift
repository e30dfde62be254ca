import Database
import PluginAPI

/// Sends what is due in one tenant's outbox.
struct Dispatcher: Sendable {
    let tenant: Tenant
    let database: Database
    /// Names this run of the host: leases of earlier runs are void.
    let instance: String
    let renderer: MessageRenderer
    let drivers: [Channel: any MessageDriver]
    /// The notice types of the tenant's plugins, by plugin and name.
    let notices: [String: [String: NoticeType]]

    /// How long a message is held for the one who sends it; after a crash it is due again then.
    private static let lease = Duration.seconds(60)
    /// Messages taken at once.
    private static let batch = 64
    /// Tries before a message is dead.
    private static let attemptLimit = 10

    /// Sends one batch.
    ///
    /// - Returns: how many messages were handled; 0 when nothing is due.
    func sendDue(now: Instant) async throws -> Int {
        let due = try await database.write(as: .host) { session in
            let host = HostWriter(session)
            return try OutboxTable.lease(
                at: now, for: Self.lease, by: instance, limit: Self.batch, host
            ).map { row in
                Due(row: row, person: try row.person.flatMap { try People.person($0, host) })
            }
        }
        guard !due.isEmpty else { return 0 }
        // All at once: whoever takes them out of the house is slower than we are.
        let settled = await withTaskGroup(of: (OutboxRow, DeliveryResult).self) { group in
            for item in due { group.addTask { (item.row, await deliver(item, now: now)) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        try await database.write(as: .host) { session in
            for (row, result) in settled { try OutboxTable.record(result, of: row, now: now, HostWriter(session)) }
        }
        return due.count
    }

    private struct Due: Sendable {
        let row: OutboxRow
        let person: Person?
    }

    private func deliver(_ due: Due, now: Instant) async -> DeliveryResult {
        guard let message = message(due) else {
            return .failed("the person has no address on a channel of this message", again: nil)
        }
        guard let driver = drivers[message.channel] else {
            return .failed("no driver is configured for \(message.channel.rawValue)", again: nil)
        }
        do {
            return .sent(message.channel, reference: try await driver.send(message))
        } catch let failure as DeliveryFailure {
            return failed(failure.reason, due.row, isTemporary: failure.isTemporary, failure.retryAfter, now)
        } catch {
            return failed("the driver failed: \(error)", due.row, isTemporary: true, nil, now)
        }
    }

    private func failed(
        _ reason: String, _ row: OutboxRow, isTemporary: Bool, _ retryAfter: Duration?, _ now: Instant
    ) -> DeliveryResult {
        let attempts = row.attempts + 1
        guard isTemporary, attempts < Self.attemptLimit else { return .failed(reason, again: nil) }
        return .failed(reason, again: now + max(retryAfter ?? .zero, Backoff.pause(after: attempts)))
    }

    /// The message in words and with its address; nil when the person cannot be reached on any of its channels.
    private func message(_ due: Due) -> OutboundMessage? {
        switch due.row.content {
        case .direct(let channel, let address, let subject, let body):
            let words = renderer.letter(subject: subject, body: body, for: due.person?.language, on: channel)
            return OutboundMessage(
                id: due.row.id, channel: channel, to: address, subject: words.subject, body: words.body,
                createdAt: due.row.createdAt, html: words.html)
        case .template(let values):
            guard let type = notices[due.row.plugin]?[due.row.type], let person = due.person else { return nil }
            for channel in type.channels where drivers[channel] != nil {
                guard let address = Self.address(of: person, on: channel) else { continue }
                let words = renderer.notice(
                    type, of: due.row.plugin, for: person.language, on: channel, values)
                return OutboundMessage(
                    id: due.row.id, channel: channel, to: address, subject: words.subject, body: words.body,
                    createdAt: due.row.createdAt, html: words.html)
            }
            return nil
        }
    }

    private static func address(of person: Person, on channel: Channel) -> String? {
        switch channel {
        case .sms, .whatsapp: person.phone?.text
        case .email: person.email?.text
        case .push: nil
        }
    }
}
