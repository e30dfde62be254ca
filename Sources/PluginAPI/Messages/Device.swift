/// A device that takes pushes (seed 000 §7.3).
public struct Device: Sendable, Equatable {
    public enum Platform: String, Sendable, CaseIterable { case ios, android, web }

    /// As the device names itself; unique for its person.
    public let id: String
    public let platform: Platform
    public let appVersion: String?
    public let osVersion: String?
    /// What is wanted of this device: badge, sound and whatever else it understands.
    public let preferences: JSON
    public let registeredAt: Instant

    public init(
        id: String, platform: Platform, appVersion: String?, osVersion: String?, preferences: JSON,
        registeredAt: Instant
    ) {
        self.id = id
        self.platform = platform
        self.appVersion = appVersion
        self.osVersion = osVersion
        self.preferences = preferences
        self.registeredAt = registeredAt
    }
}

/// What a device sends about itself. An object declared open: what is not known is left unread.
public struct DeviceRegistration: Sendable, Described {
    public let platform: Device.Platform
    /// What the push service knows the device by; for `web` the JSON of its PushSubscription.
    public let deviceToken: String
    public let deviceId: String
    public let appVersion: String?
    public let osVersion: String?
    public let preferences: DevicePreferences

    public init(
        platform: Device.Platform, deviceToken: String, deviceId: String, appVersion: String? = nil,
        osVersion: String? = nil, preferences: DevicePreferences = DevicePreferences()
    ) {
        self.platform = platform
        self.deviceToken = deviceToken
        self.deviceId = deviceId
        self.appVersion = appVersion
        self.osVersion = osVersion
        self.preferences = preferences
    }

    public static let schema = Schema.object(
        Self.init(platform:deviceToken:deviceId:appVersion:osVersion:preferences:),
        Field("platform", \.platform, .oneOf),
        Field(
            "deviceToken", \.deviceToken, .string(1...4000),
            note: "What the push service knows the device by; for web the JSON of its PushSubscription."),
        Field("deviceId", \.deviceId, .string(1...200)),
        Field("appVersion", \.appVersion, .optional(.string(0...100))),
        Field("osVersion", \.osVersion, .optional(.string(0...100))),
        Field("preferences", \.preferences, DevicePreferences.schema, default: DevicePreferences()))

    /// What is wrong with it beyond what its schema can say.
    ///
    /// - Throws: ``Problem`` 400 that names the field.
    public func check() throws(Problem) {
        guard platform == .web else { return }
        guard let document = try? JSONDocument(Array(deviceToken.utf8)), document.root.kind == .object,
            let endpoint = document.root.member("endpoint")?.string, endpoint.hasPrefix("https://"),
            let keys = document.root.member("keys"), keys.member("p256dh")?.string?.isEmpty == false,
            keys.member("auth")?.string?.isEmpty == false
        else {
            throw .invalid(
                "deviceToken", .format,
                "must be the JSON of a PushSubscription: endpoint (https), keys.p256dh and keys.auth")
        }
    }
}

/// What is wanted of one device. An object declared open.
public struct DevicePreferences: Sendable, Equatable, Described {
    /// The whole object.
    public let whole: JSON
    /// When no push may come to it.
    public let quietHours: QuietHours?

    public init() { (whole, quietHours) = ([:], nil) }

    private init(whole: JSON, quietHours: QuietHours?) {
        self.whole = whole
        self.quietHours = quietHours
    }

    public static let schema = Schema<DevicePreferences>(
        document: JSONSchema(["type": "object", "additionalProperties": true]),
        sample: { ["badge": .bool($0 % 2 == 0)] }
    ) { input, decoding in
        guard case .json(let object) = input, object.kind == .object else {
            decoding.mistake(.type, "must be an object", input)
            return nil
        }
        var hours: QuietHours?
        if let member = object.member("quietHours"), member.kind != .null {
            guard
                let read = decoding.inside(.name("quietHours"), { QuietHours.schema.readOrAbsent(.json(member), &$0) })
            else { return nil }
            hours = read
        }
        return DevicePreferences(whole: object.tree, quietHours: hours)
    } write: { preferences, writer in
        writer.value(preferences.whole)
    }
}
