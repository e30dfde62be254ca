import PluginAPI

/// The limits of one route, in the two moments at which they are checked. Made once for each route.
final class LimitPlan: Sendable {
    /// By address, person, API key or tenant: checked once the head is read, before the body and before any password work.
    let fromHead: [LimitPolicy]
    /// By a field of the input: checked after decoding, before any work. `index` is the limit's place among the route's own,
    /// so `Prepared.limitValues[index]` is the key.
    let fromInput: [(index: Int, policy: LimitPolicy)]
    /// Whether the tier of a caller who is in one takes the place of the limit per person. A route's own limit per person
    /// is more specific than a tier.
    let isTiered: Bool

    /// Joins a plugin's general limits with those of a route, which take the place of a general one for the same key.
    ///
    /// - Parameters:
    ///   - general: Compiled once for the plugin: all routes without a limit of their own share its counts.
    ///     A general limit by a field has no value to count by and must be refused when the plugin is installed.
    ///   - own: The route's limits, compiled here: the route has its own counts.
    ///   - name: Names the route's policies, together with the kind of key.
    ///   - isTiered: Whether the plugin has customers in tiers.
    init(general: [LimitPolicy], own: [RateLimit], name: String, isTiered: Bool = false, in table: LimitTable) {
        var fromHead = general.filter { policy in
            policy.key.isInHead && !own.contains { $0.key == policy.key }
        }
        var fromInput: [(index: Int, policy: LimitPolicy)] = []
        for (index, limit) in own.enumerated() {
            guard let policy = table.compile(limit, name: "\(name)-\(limit.key.word)") else { continue }
            if limit.key.isInHead {
                fromHead.append(policy)
            } else {
                fromInput.append((index, policy))
            }
        }
        self.fromHead = fromHead
        self.fromInput = fromInput
        self.isTiered = isTiered && !own.contains { $0.key == .person }
    }
}

extension RateLimit.Key {
    /// Whether the key is known before the body is read.
    var isInHead: Bool {
        if case .field = self { return false }
        return true
    }

    /// The kind of key in a word, for names of policies.
    var word: String {
        switch self {
        case .address: "address"
        case .person: "person"
        case .apiKey: "api-key"
        case .tenant: "tenant"
        case .field(let name): name
        }
    }
}
