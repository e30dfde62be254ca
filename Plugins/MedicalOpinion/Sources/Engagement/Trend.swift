internal import PluginAPI

/// How a score differs from the one before.
enum Trend: String, CaseIterable, Sendable {
    case improving, stable, declining

    init(from previous: Int, to current: Int, _ settings: LifecycleSettings) {
        let change = current - previous
        self =
            change >= settings.trendThreshold ? .improving : -change >= settings.trendThreshold ? .declining : .stable
    }
}

/// How likely it is that a customer leaves.
enum RiskLevel: String, CaseIterable, Sendable {
    case low, medium, high

    /// - Parameter percent: the chance of leaving.
    init(percent: Int, _ settings: LifecycleSettings) {
        self = percent >= settings.highRiskFrom ? .high : percent >= settings.mediumRiskFrom ? .medium : .low
    }
}
