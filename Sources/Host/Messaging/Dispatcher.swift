import Database
import HTTPServer
import PluginAPI

/// Finds the ways of what is due in one tenant's outbox, and sends what is due on them.
struct Dispatcher: Sendable {
    let tenant: Tenant
    let database: Database
    /// Names this run of the host: leases of earlier runs are void.
    let instance: String
    let renderer: MessageRenderer
    let drivers: [Channel: any MessageDriver]
    /// The notice types of the tenant's plugins, by plugin and name.
    let notices: [String: [String: NoticeType]]
    var settings = DeliverySettings()
    /// One for each provider, shared by the whole process.
    var breakers = CircuitBreakers()
    /// Links of the portal's own in messages.
    var links: MessageLinks?
    /// Whether opened mails and followed links are noted.
    var tracksUse = false

    /// How long a message is held for the one who sends it; after a crash it is due again then.
    private static let lease = Duration.seconds(60)
    /// Messages taken at once.
    private static let batch = 64

    var composer: MessageComposer { MessageComposer(renderer: renderer, links: links, tracksUse: tracksUse) }

    /// Plans and sends one batch.
    ///
    /// - Returns: how many messages were handled; 0 when nothing is due.
    func sendDue(now: Instant) async throws -> Int {
        let (planned, ready) = try await database.write(as: .host) { session throws -> (Int, [Parcel]) in
            let host = HostWriter(session)
            let planned = try planDue(now: now, host)
            let due = try DeliveryTable.lease(at: now, for: Self.lease, by: instance, limit: Self.batch, host)
            return (planned, try parcels(due, now: now, host))
        }
        guard !ready.isEmpty else { return planned }
        // All at once: whoever takes them out of the house is slower than we are.
        let settled = await withTaskGroup(of: (Parcel, Sending).self) { group in
            for parcel in ready { group.addTask { (parcel, await deliver(parcel, now: now)) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        try await database.write(as: .host) { session in
            let host = HostWriter(session)
            for (parcel, sending) in settled {
                for delivery in parcel.deliveries {
                    try DeliveryTable.record(sending.result, of: delivery, now: now, host)
                    if sending.isAddressGone, let device = delivery.device {
                        try DeviceTable.forget(device, host)
                    }
                }
            }
        }
        return planned + ready.reduce(0) { $0 + $1.deliveries.count }
    }

    /// How a try went.
    struct Sending: Sendable {
        let result: DeliveryResult
        var isAddressGone = false
    }

    private func deliver(_ parcel: Parcel, now: Instant) async -> Sending {
        let message: OutboundMessage
        switch parcel.content {
        case .settled(let result): return Sending(result: result)
        case .message(let ready): message = ready
        }
        guard let driver = drivers[message.channel] else {
            return Sending(result: .failed(Self.noDriver(message.channel).detail ?? "", again: nil))
        }
        let breaker = breakers.breaker(for: "\(tenant.slug) \(message.channel.rawValue)")
        do {
            let reference = try await breaker.run(
                isFailure: { ($0 as? DeliveryFailure)?.isTemporary ?? !($0 is CancellationError) },
                { try await driver.send(message) })
            let said = SentWords(address: parcel.shownAddress, subject: message.subject, body: message.body)
            return Sending(
                result: .sent(said, reference: reference, isConfirmedLater: driver.confirmsDelivery))
        } catch let open as CircuitBreaker.Open {
            let until = now + .milliseconds(open.retryAfter)
            return Sending(result: .held("the provider failed too often and is left alone", until: until))
        } catch let failure as DeliveryFailure {
            let again = failure.isTemporary ? again(parcel, after: failure.retryAfter, now) : nil
            return Sending(result: .failed(failure.reason, again: again), isAddressGone: failure.isAddressGone)
        } catch {
            return Sending(result: .failed("the driver failed: \(error)", again: again(parcel, after: nil, now)))
        }
    }

    /// When the next try is; nil when there is none left.
    private func again(_ parcel: Parcel, after asked: Duration?, _ now: Instant) -> Instant? {
        let tried = parcel.deliveries.map(\.attempts).max() ?? 0
        guard let pause = settings.retryScheduleSeconds.dropFirst(tried).first else { return nil }
        return now + max(asked ?? .zero, Backoff.jittered(seconds: pause))
    }
}
