import Database
import HTTPServer
import PluginAPI

/// Makes the drivers that tenants choose.
struct ChannelDrivers: Sendable {
    let client: HTTPClient
    /// Whether push services may be at private addresses.
    let allowsPrivate: Bool
    let clock: any TimeSource

    /// What a driver is made for.
    struct Place: Sendable {
        let tenant: Tenant
        /// The name people read.
        let name: String
        /// The tenant's folder, where secrets are.
        let folder: String
        let database: Database
    }

    /// The driver of a channel.
    ///
    /// - Throws: ``Invalid`` for options that are not the driver's, which a checked file does not have.
    func driver(for channel: Channel, _ choice: ChannelChoice, at place: Place) throws -> any MessageDriver {
        switch choice.driver {
        case "smtp":
            return SMTPDriver(
                try options(choice), senderName: place.name, folder: place.folder, client: client)
        case "twilio":
            return TwilioDriver(
                options: try options(choice), channel: channel, folder: place.folder, origin: place.tenant.origin,
                client: client)
        case "webpush":
            let options: WebPushOptions = try options(choice)
            return WebPushDriver(
                client: client, database: place.database, contact: options.contact ?? place.tenant.origin,
                allowsPrivate: allowsPrivate, clock: clock)
        default: return CaptureDriver(database: place.database)
        }
    }

    private func options<Options: Described>(_ choice: ChannelChoice) throws -> Options {
        try Options.schema.decode(.json(JSONDocument(Array(choice.options.text.utf8)).root))
    }
}
