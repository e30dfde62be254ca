public import StoreAPI

/// A way on which a person is told something: one of the ``Channel``s outside, or the portal itself.
public enum DeliveryChannel: String, Sendable, CaseIterable, SQLConvertible, Described {
    case email, sms, push, whatsapp
    case inApp = "in_app"

    public static let schema = Schema<DeliveryChannel>.oneOf

    public init(_ channel: Channel) {
        self =
            switch channel {
            case .email: .email
            case .sms: .sms
            case .push: .push
            case .whatsapp: .whatsapp
            }
    }

    /// The channel outside; nil for the portal.
    public var outside: Channel? { Channel(rawValue: rawValue) }
}
