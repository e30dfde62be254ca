import PluginAPI

/// A tenant's settings, with where each is from.
struct SettingsShown: Described {
    /// The settings as a tree, with every default; secrets are left out.
    var values: JSON
    var entries: [SettingShown]

    static let schema = Schema.object(
        Self.init(values:entries:),
        Field("values", \.values, .openObject, note: "The settings with every default; secrets are null."),
        Field(
            "entries", \.entries, .list(SettingShown.schema),
            note: "Every value, where it is from, and whether it can be changed here."))
}

/// One value of the settings.
struct SettingShown: Described {
    var path: String
    /// Null for a secret.
    var value: JSON
    var source: SettingsSource
    var isLocked: Bool
    var isSecret: Bool

    static let schema = Schema.object(
        Self.init(path:value:source:isLocked:isSecret:),
        Field("path", \.path, .string(1...500), note: "Names with points between: auth.accessTokenTtlSeconds."),
        Field("value", \.value, .anything, note: "Null for a secret."),
        Field("source", \.source, .oneOf, note: "The tenant's file, what was changed here, or the default."),
        Field("isLocked", \.isLocked, .bool, note: "Whether only the tenant's file decides it."),
        Field("isSecret", \.isSecret, .bool))
}

/// Where a value is from.
enum SettingsSource: String, Sendable, CaseIterable { case file, overlay, `default` }

extension SettingsShown {
    init(_ settings: TenantSettings) {
        let locks = SettingsOverlay.alwaysLocked + settings.values.locked
        let entries = settings.entries.map { entry in
            let isSecret = Self.isSecret(entry.value)
            return SettingShown(
                path: entry.path.description, value: isSecret ? .null : entry.value,
                source: SettingsSource(rawValue: entry.source.rawValue) ?? .default,
                isLocked: locks.contains { entry.path.isWithin($0) }
                    || SettingsOverlay.isBesideSecret(entry.path, in: settings.values), isSecret: isSecret)
        }
        self.init(values: Self.shown(settings.tree), entries: entries)
    }

    /// A reference to a secret: `{"$env": …}`, `{"$file": …}`. Even its name is the operator's business.
    private static func isSecret(_ value: JSON) -> Bool {
        value.members?.list.contains { $0.name.hasPrefix("$") } ?? false
    }

    /// The value with null in the place of every secret.
    static func shown(_ value: JSON) -> JSON {
        if isSecret(value) { return .null }
        switch value {
        case .array(let elements): return .array(elements.map(shown))
        case .object(let members):
            var shown = JSON.Members()
            for (name, value) in members.list { shown[name] = self.shown(value) }
            return .object(shown)
        default: return value
        }
    }
}
