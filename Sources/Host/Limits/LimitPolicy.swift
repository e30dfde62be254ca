import HTTPServer
import PluginAPI

/// A limit made ready for checks: numbers scaled and cut into slots, texts for the response written once.
final class LimitPolicy: Sendable {
    /// One of the policy's windows, in numbers only: read on every request.
    struct Window: Sendable {
        /// How many requests it admits.
        let limit: UInt32
        /// The length of a slot in microseconds: a sixtieth of the window, rounded up.
        let grain: Int64
        /// Whole seconds, rounded up.
        let seconds: Int64
        /// A window of at most a second beside longer ones. Clients hear of it only when it refuses them.
        let isBurst: Bool
    }

    /// What is written about a window in responses.
    struct Text: Sendable {
        /// `"person-hour";q=100;w=3600, "person-day";q=1000;w=86400`; a burst window speaks of itself alone.
        let policy: String
        /// All fields but the tier and those of a refusal, with places for what is left, when it resets, what is left
        /// again, and in how many seconds it resets.
        let fields: FieldTemplate

        init(limit: UInt32, item: String, policy: String) {
            self.policy = policy
            fields = FieldTemplate([
                ("x-ratelimit-limit", [.text(String(limit))]), ("x-ratelimit-remaining", [.number]),
                ("x-ratelimit-reset", [.number]), ("ratelimit-policy", [.text(policy)]),
                ("ratelimit", [.text(item + ";r="), .number, ";t=", .number]),
            ])
        }
    }

    /// Unlike that of any other policy of the same table.
    let id: UInt32
    /// Whose use is counted.
    let key: RateLimit.Key
    /// Whether it counts by person.
    let isPerPerson: Bool
    /// What it is called in `RateLimit-Policy`; the characters of a token.
    let name: String
    /// The tier it belongs to, as sent in `X-RateLimit-Tier`.
    let tier: String?
    let windows: [Window]
    let texts: [Text]
    /// How long a key can matter after its last request, in microseconds.
    let memory: Int64

    init(_ limit: RateLimit, id: UInt32, name: String, tier: String?, scale: Int) {
        self.id = id
        key = limit.key
        isPerPerson = limit.key == .person
        let name = Self.token(name)
        self.name = name
        self.tier = tier.map { Self.token($0) }
        let lengths = limit.windows.map { Self.microseconds($0.length) }
        let longest = lengths.max() ?? 0
        let windows = zip(limit.windows, lengths).map { window, length in
            let (count, overflows) = max(window.count, 0).multipliedReportingOverflow(by: scale)
            return Window(
                limit: overflows ? UInt32(Int32.max) : UInt32(min(count, Int(Int32.max))),
                grain: (length + 59) / 60, seconds: (length + 999_999) / 1_000_000,
                isBurst: length <= 1_000_000 && longest > 1_000_000)
        }
        self.windows = windows
        memory = windows.reduce(0) { max($0, $1.grain * 61) }
        let items = windows.map { "\"\(name)-\(Self.label($0.seconds))\"" }
        let policies = zip(items, windows).map { "\($0);q=\($1.limit);w=\($1.seconds)" }
        let shown = zip(policies, windows).filter { !$1.isBurst }.map(\.0).joined(separator: ", ")
        texts = windows.indices.map { index in
            Text(
                limit: windows[index].limit, item: items[index],
                policy: windows[index].isBurst ? policies[index] : shown)
        }
    }

    /// A window's length between a microsecond and ten years.
    private static func microseconds(_ length: Duration) -> Int64 {
        let (seconds, attoseconds) = length.components
        guard seconds < 315_360_000 else { return 315_360_000_000_000 }
        guard seconds >= 0, attoseconds >= 0 else { return 1 }
        return max(seconds * 1_000_000 + (attoseconds + 999_999_999_999) / 1_000_000_000_000, 1)
    }

    /// `hour`, `15-minutes`, `90-seconds`.
    private static func label(_ seconds: Int64) -> String {
        let units: [(name: String, length: Int64)] = [
            ("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1),
        ]
        for unit in units where seconds % unit.length == 0 {
            return seconds == unit.length ? unit.name : "\(seconds / unit.length)-\(unit.name)s"
        }
        return "\(seconds)-seconds"
    }

    /// The text with everything that might end a quoted string or a field replaced by `-`.
    private static func token(_ text: String) -> String {
        String(text.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" })
    }
}
