import PluginAPI

/// By which driver each channel delivers (contract §5).
struct ChannelSettings: Described, Equatable {
    var email: ChannelChoice
    var sms: ChannelChoice
    var whatsapp: ChannelChoice
    var push: ChannelChoice

    static let schema: Schema<ChannelSettings> = described(by: ChannelDriver.all)

    /// The schema where these drivers exist.
    static func described(by drivers: [ChannelDriver]) -> Schema<ChannelSettings> {
        .object(
            Self.init(email:sms:whatsapp:push:),
            Field("email", \.email, ChannelChoice.schema(.email, drivers), default: .capture),
            Field("sms", \.sms, ChannelChoice.schema(.sms, drivers), default: .capture),
            Field("whatsapp", \.whatsapp, ChannelChoice.schema(.whatsapp, drivers), default: .capture),
            Field("push", \.push, ChannelChoice.schema(.push, drivers), default: .capture))
    }

    init(
        email: ChannelChoice = .capture, sms: ChannelChoice = .capture, whatsapp: ChannelChoice = .capture,
        push: ChannelChoice = .capture
    ) {
        self.email = email
        self.sms = sms
        self.whatsapp = whatsapp
        self.push = push
    }

    /// What is chosen for a channel.
    subscript(channel: Channel) -> ChannelChoice {
        switch channel {
        case .email: email
        case .sms: sms
        case .whatsapp: whatsapp
        case .push: push
        }
    }
}

/// The driver of one channel and its options.
struct ChannelChoice: Sendable, Equatable {
    /// The name of a ``ChannelDriver``.
    let driver: String
    /// The whole object, `driver` included, as the driver's own schema writes it.
    let options: JSON

    /// Messages are kept in the outbox for people to read and go nowhere.
    static let capture = ChannelChoice(driver: "capture", options: ["driver": "capture"])

    /// The schema of a channel: `driver` names a driver that can deliver it, whose schema reads the object.
    static func schema(_ channel: Channel, _ drivers: [ChannelDriver]) -> Schema<ChannelChoice> {
        let drivers = drivers.filter { $0.channels.contains(channel) }
        let allowed = "must be one of \(drivers.map(\.name).joined(separator: ", "))"
        var document = JSONSchema([:])
        document.alternatives = drivers.map(\.document)
        return Schema<ChannelChoice>(document: document, sample: { _ in ["driver": "capture"] }) { input, decoding in
            guard case .json(let object) = input, object.kind == .object else {
                decoding.mistake(.type, "must be an object", input)
                return nil
            }
            let named = object.member("driver")
            guard let driver = drivers.first(where: { $0.name == named?.string }) else {
                decoding.inside(.name("driver")) { decoding in
                    guard let named else { return decoding.mistake(.missing, "is required and \(allowed)", .absent) }
                    decoding.mistake(named.kind == .string ? .notAllowed : .type, allowed, .json(named))
                }
                return nil
            }
            do throws(Invalid) {
                return ChannelChoice(driver: driver.name, options: try driver.read(object))
            } catch {
                for mistake in error.mistakes { decoding.note(mistake, of: object) }
                return nil
            }
        } write: { choice, writer in
            writer.value(choice.options)
        }
    }
}
