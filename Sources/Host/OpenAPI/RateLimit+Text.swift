import PluginAPI

extension RateLimit {
    /// `3 in 1 hour and 10 in 1 day per phone`
    var sentence: String {
        windows.map { "\($0.count) in \($0.length.words)" }.joined(separator: " and ") + " per \(key.words)"
    }

    /// For `x-rate-limits`: `{"per": …, "windows": [{"count", "seconds"}]}`.
    var tree: JSON {
        [
            "per": .string(key.words),
            "windows": .array(
                windows.map {
                    ["count": .integer(Int64($0.count)), "seconds": .integer($0.length.components.seconds)]
                }),
        ]
    }
}

extension RateLimit.Key {
    fileprivate var words: String {
        switch self {
        case .address: "address"
        case .person: "person"
        case .apiKey: "API key"
        case .tenant: "portal"
        case .field(let name): name
        }
    }
}

extension Duration {
    /// The length in the largest unit that it is a whole number of: `15 minutes`, `1 day`, `90 seconds`.
    fileprivate var words: String {
        let seconds = components.seconds
        let units: [(length: Int64, name: String)] = [(86_400, "day"), (3600, "hour"), (60, "minute")]
        let unit = units.first { seconds >= $0.length && seconds % $0.length == 0 } ?? (1, "second")
        let count = seconds / unit.length
        return "\(count) \(unit.name)\(count == 1 ? "" : "s")"
    }
}
