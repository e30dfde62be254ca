internal import PluginAPI

/// What the communications of a customer come to; a rate of nothing is null.
struct CommunicationAnalytics: Described {
    let totalSent: Int
    let totalDelivered: Int
    let totalOpened: Int
    let totalClicked: Int
    let averageOpenTime: String?
    let preferredChannel: DeliveryChannel?
    let engagement: Rates

    struct Rates: Described {
        let openRate: Double?
        let clickRate: Double?
        let responseRate: Double?
        static let schema = Schema<Rates>.object(
            Rates.init(openRate:clickRate:responseRate:), Field("openRate", \.openRate, .optional(.double(0...1e6))),
            Field("clickRate", \.clickRate, .optional(.double(0...1e6))),
            Field("responseRate", \.responseRate, .optional(.double(0...1e6))))
    }

    static let schema = Schema<CommunicationAnalytics>.object(
        CommunicationAnalytics.init(
            totalSent:totalDelivered:totalOpened:totalClicked:averageOpenTime:preferredChannel:engagement:),
        Field("totalSent", \.totalSent, .int(0...(1 << 53))),
        Field("totalDelivered", \.totalDelivered, .int(0...(1 << 53))),
        Field("totalOpened", \.totalOpened, .int(0...(1 << 53))),
        Field("totalClicked", \.totalClicked, .int(0...(1 << 53))),
        Field("averageOpenTime", \.averageOpenTime, .optional(.string(1...40)), note: "For people: 2 hours"),
        Field("preferredChannel", \.preferredChannel, .optional(DeliveryChannel.schema)),
        Field("engagement", \.engagement, Rates.schema))
}

extension CommunicationAnalytics {
    init(_ summary: CommunicationSummary) {
        func rounded(_ rate: Double?) -> Double? { rate.map { ($0 * 100).rounded() / 100 } }
        self.init(
            totalSent: summary.totalSent, totalDelivered: summary.totalDelivered, totalOpened: summary.totalOpened,
            totalClicked: summary.totalClicked, averageOpenTime: summary.averageOpenTime.map { Self.text($0) },
            preferredChannel: summary.preferredChannel,
            engagement: Rates(
                openRate: rounded(summary.openRate), clickRate: rounded(summary.clickRate),
                responseRate: rounded(summary.responseRate)))
    }

    /// In the largest unit of which there is at least one.
    private static func text(_ time: Duration) -> String {
        let seconds = time.components.seconds
        for (length, unit) in [(Int64(86_400), "day"), (3600, "hour"), (60, "minute")] where seconds >= length {
            let count = (seconds + length / 2) / length
            return "\(count) \(unit)\(count == 1 ? "" : "s")"
        }
        return "\(seconds) second\(seconds == 1 ? "" : "s")"
    }
}
