import Synchronization

/// The places for messages that are being sent, for all of the process: bounded altogether, for each tenant and for each
/// webhook, so that a slow receiver holds up nobody but itself and a busy tenant leaves room for the others.
final class WebhookPlaces: Sendable {
    private struct State: Sendable {
        var total = 0
        var tenants: [UInt32: Int] = [:]
        var webhooks: [String: Int] = [:]
        /// Tenants that found no room, in their order.
        var waiting: [(tenant: UInt32, wake: @Sendable () -> Void)] = []
    }

    private let state = Mutex(State())
    private let limit: Int, limitPerTenant: Int, limitPerWebhook: Int

    /// - Parameters:
    ///   - limit: messages under way at a time.
    init(limit: Int = 64, perTenant: Int = 16, perWebhook: Int = 2) {
        self.limit = limit
        limitPerTenant = perTenant
        limitPerWebhook = perWebhook
    }

    /// Takes a place.
    ///
    /// - Parameters:
    ///   - isProbe: whether the webhook fails at present, and gets one place.
    ///   - wake: called once there is room again, when there was none for this tenant.
    func take(tenant: UInt32, webhook: String, isProbe: Bool, wake: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.webhooks[webhook, default: 0] < (isProbe ? 1 : limitPerWebhook) else { return false }
            let own = state.tenants[tenant, default: 0]
            // Its own messages wake it when they are settled.
            guard own < limitPerTenant else { return false }
            let isFirst = state.waiting.first.map { $0.tenant == tenant } ?? true
            guard state.total < limit, isFirst || own == 0 && state.total + state.waiting.count <= limit else {
                if !state.waiting.contains(where: { $0.tenant == tenant }) { state.waiting.append((tenant, wake)) }
                return false
            }
            if !state.waiting.isEmpty { state.waiting.removeAll { $0.tenant == tenant } }
            state.total += 1
            state.tenants[tenant] = own + 1
            state.webhooks[webhook, default: 0] += 1
            return true
        }
    }

    /// Gives a place back, and wakes who waits longest.
    func giveBack(tenant: UInt32, webhook: String) {
        let wake = state.withLock { state -> (@Sendable () -> Void)? in
            state.total -= 1
            Self.drop(&state.tenants, tenant)
            Self.drop(&state.webhooks, webhook)
            return state.waiting.first?.wake
        }
        wake?()
    }

    /// Messages under way.
    var taken: Int { state.withLock { $0.total } }

    private static func drop<Key>(_ counts: inout [Key: Int], _ key: Key) {
        let left = counts[key, default: 1] - 1
        counts[key] = left > 0 ? left : nil
    }
}
