/// How often a person wants to hear of something.
public enum Frequency: String, Sendable, CaseIterable, Comparable, Described {
    /// Each notice by itself, at once.
    case immediate
    /// The same in seed 000 §6.2's word.
    case asNeeded = "as_needed"
    /// One message a day with everything.
    case daily
    /// One message a week with everything.
    case weekly
    case never

    public static let schema = Schema<Frequency>.oneOf

    /// Orders by strictness: who hears less often is later. Where two preferences disagree the later one holds.
    public static func < (left: Frequency, right: Frequency) -> Bool { left.strictness < right.strictness }

    private var strictness: Int {
        switch self {
        case .immediate, .asNeeded: 0
        case .daily: 1
        case .weekly: 2
        case .never: 3
        }
    }
}
