import Time

/// A customer's numbers computed from the events of their export alone, by what the plugin's README says of each; it knows
/// nothing of the program's own code.
struct RecomputedJourney {
    struct Event {
        let kind: String
        let at: Instant
        let details: JSON
        var day: Int { Int((at.microseconds / 86_400_000_000)) }
    }

    /// What happens to a customer and is no act of their own.
    private static let passive: Set<String> = [
        "profile_created", "case_status_changed", "information_requested", "professional_assigned", "opinion_delivered",
        "case_completed", "case_cancelled", "case_reopened", "message_received", "plan_changed", "referral_accepted",
        "milestone_celebrated", "persona_changed", "questionnaire_answered",
    ]

    let events: [Event]
    let now: Instant

    init(_ events: [Event], at now: Instant) {
        self.events = events
        self.now = now
    }

    /// - Parameter exported: the rows of the export.
    init(exported: [JSON], at now: Instant) throws {
        try self.init(
            exported.map { row in
                guard let kind = row["kind"].string, let at = row["at"].string.flatMap({ Instant(rfc3339: $0) }) else {
                    throw Failure("this is no event: \(row)")
                }
                return Event(kind: kind, at: at, details: row["details"])
            }, at: now)
    }

    func count(_ kind: String) -> Int { events.count { $0.kind == kind } }
    private var acts: [Event] { events.filter { !Self.passive.contains($0.kind) } }
    var totalCases: Int { count("case_submitted") }
    var completedCases: Int { count("case_completed") - count("case_reopened") }
    var activeCases: Int { totalCases - completedCases - count("case_cancelled") }
    var lifetimeValue: Double {
        events.filter { $0.kind == "payment_completed" }.reduce(0) { $0 + ($1.details["amountMinor"].number ?? 0) }
            / 100
    }
    private var idleDays: Int? { acts.last.map { Int((now.microseconds - $0.at.microseconds) / 86_400_000_000) } }

    private static func round(_ value: Double) -> Double { value.rounded(.toNearestOrEven) }
    private static func mean(_ parts: [(score: Double, weight: Double)]) -> Double? {
        let weight = parts.reduce(0) { $0 + $1.weight }
        return weight > 0 ? round(parts.reduce(0) { $0 + $1.score * $1.weight } / weight) : nil
    }

    var activity: Double? {
        guard let idle = idleDays else { return nil }
        let recency = Self.round(100 * Double(max(0, 53 - max(0, idle - 7))) / 53)
        let week = Int(now.microseconds / 86_400_000_000) / 7
        let days = Set(acts.map(\.day).filter { $0 / 7 > week - 13 && $0 / 7 <= week }).count
        let lastCase = events.last { $0.kind == "case_submitted" }?.at
        let isRecent = lastCase.map { now.microseconds - $0.microseconds < 180 * 86_400_000_000 } ?? false
        return Self.mean([
            (recency, 40), (min(100, Self.round(Double(days) * 100 / 12)), 30),
            (activeCases > 0 || isRecent ? 100 : 0, 30),
        ])
    }

    var engagement: Double? {
        guard !acts.isEmpty else { return nil }
        var parts: [(score: Double, weight: Double)] = []
        for (part, whole, weight) in [
            ("message_read", "message_received", 25.0), ("information_provided", "information_requested", 25),
            ("opinion_read", "opinion_delivered", 20),
        ] where count(whole) > 0 {
            parts.append((min(100, Self.round(Double(count(part)) * 100 / Double(count(whole)))), weight))
        }
        parts.append((min(100, Double(count("content_read")) * 20), 15))
        let features = [
            "profile_completed", "device_registered", "preferences_changed", "message_sent", "document_uploaded",
        ]
        parts.append((Double(features.count { count($0) > 0 }) * 20, 15))
        return Self.mean(parts)
    }

    var satisfaction: Double? {
        let ratings = events.filter { $0.kind == "case_rated" }.suffix(10).compactMap { $0.details["rating"].number }
        guard !ratings.isEmpty else { return nil }
        return Self.round(ratings.reduce(0) { $0 + ($1 - 1) * 25 } / Double(ratings.count))
    }

    var score: Double? {
        guard !acts.isEmpty else { return nil }
        return Self.mean(
            [(activity, 40.0), (engagement, 30), (satisfaction, 30)].compactMap { score, weight in
                score.map { ($0, weight) }
            })
    }

    /// The score at the end of each earlier day on which something happened, the last thirty.
    var history: [Double] {
        let today = Int(now.microseconds / 86_400_000_000)
        let days = Set(events.map(\.day).filter { $0 < today }).sorted()
        return days.compactMap { day in
            let known = events.filter { $0.day <= day }
            return known.last.flatMap { RecomputedJourney(known, at: $0.at).score }
        }.suffix(30)
    }

    /// The chance of leaving, in percent.
    var churn: Double? {
        guard let idle = idleDays else { return nil }
        let silence = min(100, Self.round(Double(idle) * 100 / 180))
        return Self.round(
            (silence * 50 + (100 - (satisfaction ?? 50)) * 25 + (100 - (engagement ?? 50)) * 25)
                / (activeCases > 0 ? 200 : 100))
    }

    /// When each milestone was reached that these events can reach.
    var milestones: [String: Instant] {
        let cases = events.filter { $0.kind == "case_submitted" }.map(\.at)
        func first(_ kind: String) -> Instant? { events.first { $0.kind == kind }?.at }
        let reached: [(String, Instant?)] = [
            ("profile_created", first("profile_created")), ("profile_completed", first("profile_completed")),
            ("first_case_submitted", cases.first), ("second_case_submitted", cases.dropFirst().first),
            ("loyalty_member", cases.dropFirst(4).first), ("payment_completed", first("payment_completed")),
            ("first_opinion_received", first("opinion_delivered")), ("first_case_completed", first("case_completed")),
        ]
        return Dictionary(reached.compactMap { name, at in at.map { (name, $0) } }) { first, _ in first }
    }
}
