import Database
import PluginAPI

/// What people write to the portal's number, as its provider hands it over.
enum InboundMessages {
    /// Which messages were taken already: providers send one again when no answer reached them.
    static let migration = Migration(
        "000-inbound-messages",
        """
        CREATE TABLE portico_inbound (
            reference TEXT PRIMARY KEY,
            at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_inbound_age ON portico_inbound (at);
        """)

    /// The word that stands in the place of a message's id in the address that a provider is told.
    static let word = "inbound"
    private static let longest = 1600
    /// Providers give up long before.
    private static let remembered = Duration.seconds(7 * 86_400)

    /// Tells plugins of a message, once, when its number is somebody's.
    ///
    /// - Parameter sender: the number as the provider gives it, with `whatsapp:` in front where it came that way.
    /// - Returns: whether it was told.
    static func take(
        _ text: String, from sender: String, by channel: Channel, reference: String, _ origin: Origin,
        _ host: HostWriter
    ) throws(StoreError) -> Bool {
        try host.run("DELETE FROM portico_inbound WHERE at < \((origin.now - remembered).microseconds)")
        let isNew = try host.run(
            """
            INSERT INTO portico_inbound (reference, at) VALUES (\(reference), \(origin.now.microseconds))
            ON CONFLICT DO NOTHING
            """)
        let number = sender.hasPrefix("whatsapp:") ? String(sender.dropFirst("whatsapp:".count)) : sender
        guard isNew == 1, let phone = Phone(number), let person = try People.person(withPhone: phone, host) else {
            return false
        }
        let message = TextReceived(person: person.id, channel: channel, text: String(text.prefix(longest)))
        try EventTable.append(
            PublishedEvent(
                name: TextReceived.name, payload: TextReceived.schema.encode(message),
                subject: Subject("message", id: reference, owner: person.id), audience: .machines), origin, host)
        return true
    }
}
