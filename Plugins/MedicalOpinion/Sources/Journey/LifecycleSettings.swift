public import PluginAPI

/// What a company decides about how journeys are read from what happened. README.md has the formulas.
public struct LifecycleSettings: Described, Equatable {
    /// Days without an act after which a customer counts as inactive.
    public var inactiveAfterDays: Int
    /// Days without an act after which a customer counts as gone.
    public var churnedAfterDays: Int
    /// Cases that make a customer a loyal one.
    public var loyalAfterCases: Int
    /// How the engagement score weighs its factors.
    public var weights: EngagementWeights
    /// Points by which a score must differ from the one before to be called better or worse.
    public var trendThreshold: Int
    /// From which chance of leaving on, in percent, the risk is medium.
    public var mediumRiskFrom: Int
    /// From which chance of leaving on, in percent, the risk is high.
    public var highRiskFrom: Int
    /// Dashboards by the words of personas; `standard` is for whoever has none.
    public var dashboards: [String: DashboardRule]

    public init() {
        self.init(
            inactiveAfterDays: 60, churnedAfterDays: 180, loyalAfterCases: 5, weights: EngagementWeights(),
            trendThreshold: 3, mediumRiskFrom: 35, highRiskFrom: 65, dashboards: [:])
    }

    init(
        inactiveAfterDays: Int, churnedAfterDays: Int, loyalAfterCases: Int, weights: EngagementWeights,
        trendThreshold: Int, mediumRiskFrom: Int, highRiskFrom: Int, dashboards: [String: DashboardRule]
    ) {
        self.inactiveAfterDays = inactiveAfterDays
        self.churnedAfterDays = churnedAfterDays
        self.loyalAfterCases = loyalAfterCases
        self.weights = weights
        self.trendThreshold = trendThreshold
        self.mediumRiskFrom = mediumRiskFrom
        self.highRiskFrom = highRiskFrom
        self.dashboards = dashboards
    }

    public static let schema = Schema<LifecycleSettings>.object(
        LifecycleSettings.init(
            inactiveAfterDays:churnedAfterDays:loyalAfterCases:weights:trendThreshold:mediumRiskFrom:highRiskFrom:
            dashboards:),
        Field(
            "inactiveAfterDays", \.inactiveAfterDays, .int(1...3650), default: 60,
            note: "A customer who did nothing for so many days is inactive."),
        Field(
            "churnedAfterDays", \.churnedAfterDays, .int(2...3650), default: 180,
            note: "A customer who did nothing for so many days is gone."),
        Field(
            "loyalAfterCases", \.loyalAfterCases, .int(2...1000), default: 5,
            note: "A customer is a loyal member from so many cases on."),
        Field(
            "weights", \.weights, EngagementWeights.schema, default: EngagementWeights(),
            note: "How the engagement score weighs its factors."),
        Field(
            "trendThreshold", \.trendThreshold, .int(1...100), default: 3,
            note: "A score that differs by so many points from the one before is better or worse."),
        Field(
            "mediumRiskFrom", \.mediumRiskFrom, .int(1...100), default: 35,
            note: "The risk is medium from this chance of leaving on, in percent."),
        Field(
            "highRiskFrom", \.highRiskFrom, .int(1...100), default: 65,
            note: "The risk is high from this chance of leaving on, in percent."),
        Field(
            "dashboards", \.dashboards, .map(DashboardRule.schema, 0...4), default: [:],
            note: "Dashboards by the words of personas; `standard` is for whoever has none."))

    /// What the state folded from events depends on: a state folded under another text is folded anew.
    var fingerprint: String {
        "1/\(inactiveAfterDays)/\(churnedAfterDays)/\(loyalAfterCases)/\(weights.activity)/\(weights.engagement)/"
            + "\(weights.satisfaction)"
    }
}

/// How the engagement score weighs its factors (contract §9: 40, 30 and 30).
public struct EngagementWeights: Described, Equatable {
    public var activity: Int
    public var engagement: Int
    public var satisfaction: Int

    public init() { self.init(activity: 40, engagement: 30, satisfaction: 30) }

    init(activity: Int, engagement: Int, satisfaction: Int) {
        self.activity = activity
        self.engagement = engagement
        self.satisfaction = satisfaction
    }

    public static let schema = Schema<EngagementWeights>.object(
        EngagementWeights.init(activity:engagement:satisfaction:),
        Field("activity", \.activity, .int(0...100), default: 40),
        Field("engagement", \.engagement, .int(0...100), default: 30),
        Field("satisfaction", \.satisfaction, .int(0...100), default: 30))
}

/// How a company lays the dashboard of a persona out.
public struct DashboardRule: Described, Equatable {
    /// Nil leaves what the persona has.
    public var layout: String?
    /// The ids of widgets in their order; nil leaves what the persona has.
    public var widgets: [String]?

    init(layout: String?, widgets: [String]?) {
        self.layout = layout
        self.widgets = widgets
    }

    public static let schema = Schema<DashboardRule>.object(
        DashboardRule.init(layout:widgets:), Field("layout", \.layout, .optional(.string(1...64))),
        Field("widgets", \.widgets, .optional(.list(.string(1...64), 1...12))))
}
