internal import PluginAPI

/// The answer of `GET /admin/dashboard/metrics` (seed 004).
struct Dashboard: Described {
    let overview: DashboardOverview
    let performance: DashboardPerformance
    let topPerformers: [Performer]

    static let schema = Schema<Dashboard>.object(
        Dashboard.init(overview:performance:topPerformers:), Field("overview", \.overview, DashboardOverview.schema),
        Field("performance", \.performance, DashboardPerformance.schema),
        Field("topPerformers", \.topPerformers, .list(Performer.schema)))
}

/// The call centre as it stands.
struct DashboardOverview: Described {
    let totalTasks: Int
    let activeTasks: Int
    let totalRepresentatives: Int
    let activeRepresentatives: Int
    let lastUpdated: Instant

    static let schema = Schema<DashboardOverview>.object(
        DashboardOverview.init(totalTasks:activeTasks:totalRepresentatives:activeRepresentatives:lastUpdated:),
        Field("totalTasks", \.totalTasks, .count), Field("activeTasks", \.activeTasks, .count),
        Field("totalRepresentatives", \.totalRepresentatives, .count),
        Field(
            "activeRepresentatives", \.activeRepresentatives, .count,
            note: "Signed in, asked for work, kept a customer or called within the period"),
        Field("lastUpdated", \.lastUpdated, Instant.schema))
}

/// What the calls of a period came to.
struct DashboardPerformance: Described {
    let callMetrics: CallMetrics
    let customerMetrics: CustomerMetrics
    let sentimentAnalysis: SentimentShares

    static let schema = Schema<DashboardPerformance>.object(
        DashboardPerformance.init(callMetrics:customerMetrics:sentimentAnalysis:),
        Field("callMetrics", \.callMetrics, CallMetrics.schema),
        Field("customerMetrics", \.customerMetrics, CustomerMetrics.schema),
        Field("sentimentAnalysis", \.sentimentAnalysis, SentimentShares.schema))
}

/// Calls of a period.
struct CallMetrics: Described, Equatable {
    let totalCalls: Int
    let totalDuration: Double
    let averageCallDuration: Double
    let successRate: Double

    init(_ sums: CallSums) {
        self.init(
            totalCalls: sums.calls, totalDuration: Rounded.minutes(sums.milliseconds),
            averageCallDuration: sums.calls == 0
                ? 0 : Rounded.twoDecimals(Double(sums.milliseconds) / 60_000 / Double(sums.calls)),
            successRate: Rounded.percent(sums.successes, of: sums.calls))
    }

    private init(totalCalls: Int, totalDuration: Double, averageCallDuration: Double, successRate: Double) {
        self.totalCalls = totalCalls
        self.totalDuration = totalDuration
        self.averageCallDuration = averageCallDuration
        self.successRate = successRate
    }

    static let schema = Schema<CallMetrics>.object(
        CallMetrics.init(totalCalls:totalDuration:averageCallDuration:successRate:),
        Field("totalCalls", \.totalCalls, .count), Field("totalDuration", \.totalDuration, .amount, note: "In minutes"),
        Field("averageCallDuration", \.averageCallDuration, .amount, note: "In minutes"),
        Field("successRate", \.successRate, .percent, note: "Successful calls in percent of all"))
}

/// Customers of a period.
struct CustomerMetrics: Described {
    let totalCustomers: Int
    let contactedCustomers: Int
    let successfulConversions: Int
    let pendingFollowups: Int

    static let schema = Schema<CustomerMetrics>.object(
        CustomerMetrics.init(totalCustomers:contactedCustomers:successfulConversions:pendingFollowups:),
        Field("totalCustomers", \.totalCustomers, .count, note: "Now"),
        Field("contactedCustomers", \.contactedCustomers, .count, note: "Customers called within the period"),
        Field("successfulConversions", \.successfulConversions, .count, note: "Successful calls of the period"),
        Field("pendingFollowups", \.pendingFollowups, .count, note: "Callbacks agreed on and not made, now"))
}

/// How calls felt, in percent of those of which it was noted.
struct SentimentShares: Described, Equatable {
    let positive: Double
    let neutral: Double
    let negative: Double

    init(_ sums: CallSums) {
        let noted = sums.positive + sums.neutral + sums.negative
        self.init(
            positive: Rounded.percent(sums.positive, of: noted), neutral: Rounded.percent(sums.neutral, of: noted),
            negative: Rounded.percent(sums.negative, of: noted))
    }

    private init(positive: Double, neutral: Double, negative: Double) {
        self.positive = positive
        self.neutral = neutral
        self.negative = negative
    }

    static let schema = Schema<SentimentShares>.object(
        SentimentShares.init(positive:neutral:negative:), Field("positive", \.positive, .percent),
        Field("neutral", \.neutral, .percent), Field("negative", \.negative, .percent))
}

/// A representative with what their calls came to.
struct Performer: Described, Equatable {
    let salesId: PersonID
    let name: String
    let metrics: PerformerMetrics

    static let schema = Schema<Performer>.object(
        Performer.init(salesId:name:metrics:), Field("salesId", \.salesId, PersonID.schema),
        Field("name", \.name, .string(0...201)), Field("metrics", \.metrics, PerformerMetrics.schema))
}

/// What a representative's calls came to.
struct PerformerMetrics: Described, Equatable {
    let callsCompleted: Int
    let successRate: Double
    let averageDuration: Double
    let customerSatisfaction: Double?

    init(_ sums: CallSums) {
        self.init(
            callsCompleted: sums.calls, successRate: Rounded.percent(sums.successes, of: sums.calls),
            averageDuration: CallMetrics(sums).averageCallDuration,
            customerSatisfaction: sums.ratings == 0
                ? nil : Rounded.twoDecimals(Double(sums.ratingSum) / 100 / Double(sums.ratings) * 20))
    }

    private init(callsCompleted: Int, successRate: Double, averageDuration: Double, customerSatisfaction: Double?) {
        self.callsCompleted = callsCompleted
        self.successRate = successRate
        self.averageDuration = averageDuration
        self.customerSatisfaction = customerSatisfaction
    }

    static let schema = Schema<PerformerMetrics>.object(
        PerformerMetrics.init(callsCompleted:successRate:averageDuration:customerSatisfaction:),
        Field("callsCompleted", \.callsCompleted, .count), Field("successRate", \.successRate, .percent),
        Field("averageDuration", \.averageDuration, .amount, note: "In minutes"),
        Field(
            "customerSatisfaction", \.customerSatisfaction, .optional(.percent),
            note: "The mean rating times 20; null without ratings"))
}
