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
    init<Options: ChannelOptions>(_ name: String, channels: Set<Channel>, options: Options.Type) {
        self.name = name
        self.channels = channels
        document = Options.schema.document
        read = { object throws(Invalid) in
            let options = try Options.schema.decode(.json(object))
            guard options.mistakes.isEmpty else { throw Invalid(options.mistakes) }
            return JSON(Options.schema, options)
        }
    }

    /// Every driver of this release.
    static let all = [
        ChannelDriver("capture", channels: Set(Channel.allCases), options: CaptureOptions.self),
        ChannelDriver("smtp", channels: [.email], options: SMTPOptions.self),
        ChannelDriver("twilio", channels: [.sms, .whatsapp], options: TwilioOptions.self),
        ChannelDriver("webpush", channels: [.push], options: WebPushOptions.self),
    ]

    /// Settings of channels that say where messages, and the passwords to send them, go. Only tenant.json decides them:
    /// whoever may change settings must not have the operator's secrets sent to a server of their own.
    static let destinations = ["host", "port", "security", "username", "baseUrl", "accountSid"]
}

/// What a channel's object may hold when a driver is chosen.
protocol ChannelOptions: Described {
    /// What is wrong with fields that are good by themselves; their paths are those inside the channel's object.
    var mistakes: [Mistake] { get }
}

extension ChannelOptions {
    var mistakes: [Mistake] { [] }
}

/// The capture driver has no options.
private struct CaptureOptions: ChannelOptions {
    enum Name: String, Sendable, CaseIterable { case capture }
    var driver: Name

    static let schema = Schema.object(Self.init(driver:), Field("driver", \.driver, .oneOf))
}
