import PluginAPI
import Synchronization

/// The limits of all tiers, compiled once for the same plan and numbers: tenants with the same numbers share a policy, and
/// a tenant whose other settings change counts on where it was. Keys name the tenant, so that no counts are shared.
final class TierPolicies: Sendable {
    private struct Key: Hashable {
        let plan: Plan
        let numbers: TierNumbers
    }

    private struct Kept {
        let policy: LimitPolicy
        var lastUse: UInt64
    }

    private struct State {
        var policies: [Key: Kept] = [:]
        var uses: UInt64 = 0
    }

    private let table: LimitTable
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: so many policies are remembered. A tenant that is opened after its numbers were forgotten
    ///   counts anew.
    init(_ table: LimitTable, capacity: Int = 3072) {
        self.table = table
        self.capacity = max(capacity, 1)
    }

    /// The compiled limits of one tenant's tiers.
    func limits(_ numbers: TierTable) -> TierLimits {
        TierLimits(
            free: policy(.free, numbers.free), standard: policy(.standard, numbers.standard),
            premium: policy(.premium, numbers.premium))
    }

    private func policy(_ plan: Plan, _ numbers: TierNumbers) -> LimitPolicy? {
        let key = Key(plan: plan, numbers: numbers)
        return state.withLock { state in
            state.uses += 1
            if let kept = state.policies[key] {
                state.policies[key]?.lastUse = state.uses
                return kept.policy
            }
            guard let policy = table.compile(numbers.limit, name: plan.rawValue, tier: plan.rawValue) else {
                return nil
            }
            if state.policies.count >= capacity,
                let oldest = state.policies.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
            {
                state.policies[oldest] = nil
            }
            state.policies[key] = Kept(policy: policy, lastUse: state.uses)
            return policy
        }
    }

    /// How many policies are remembered.
    var count: Int { state.withLock { $0.policies.count } }
}

/// What the tiers of one tenant are counted by.
struct TierLimits: Sendable {
    let free: LimitPolicy?
    let standard: LimitPolicy?
    let premium: LimitPolicy?

    subscript(plan: Plan) -> LimitPolicy? {
        switch plan {
        case .free: free
        case .standard: standard
        case .premium: premium
        }
    }
}
