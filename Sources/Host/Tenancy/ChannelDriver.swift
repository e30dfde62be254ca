import PluginAPI

/// A way to deliver messages that tenants may choose. A new one is an entry in ``all``.
struct ChannelDriver: Sendable {
    /// What `driver` says in tenant.json.
    let name: String
    /// The channels it can deliver.
    let channels: Set<Channel>
    /// What a channel's object may hold when this driver is chosen.
    let document: JSONSchema
    /// Reads the channel's object and returns it with defaults filled in; secrets stay references.
    let read: @Sendable (JSONCursor) throws(Invalid) -> JSON

    /// - Parameter options: the channel's whole object; one of its fields is `driver`.
    init<Options: Described>(_ name: String, channels: Set<Channel>, options: Options.Type) {
        self.name = name
        self.channels = channels
        document = Options.schema.document
        read = { object throws(Invalid) in JSON(Options.schema, try Options.schema.decode(.json(object))) }
    }

    /// Every driver of this release.
    static let all = [ChannelDriver("capture", channels: Set(Channel.allCases), options: CaptureOptions.self)]
}

/// The capture driver has no options.
private struct CaptureOptions: Described {
    enum Name: String, Sendable, CaseIterable { case capture }
    var driver: Name

    static let schema = Schema.object(Self.init(driver:), Field("driver", \.driver, .oneOf))
}
