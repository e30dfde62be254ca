public import PluginAPI

/// What a company decides about how journeys are read from what happened.
public struct LifecycleSettings: Described {
    public init() {}
    public static let schema = Schema<LifecycleSettings>.object(LifecycleSettings.init)
}
