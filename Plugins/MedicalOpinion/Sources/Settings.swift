public import PluginAPI

/// What a company decides about its second opinions.
public struct Settings: Described {
    /// How journeys are read from what happened.
    public var lifecycle: LifecycleSettings

    public static let schema = Schema<Settings>.object(
        Settings.init(lifecycle:),
        Field(
            "lifecycle", \.lifecycle, LifecycleSettings.schema, default: LifecycleSettings(),
            note: "How journeys are read from what happened."))
}
