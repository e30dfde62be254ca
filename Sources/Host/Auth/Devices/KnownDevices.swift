import PluginAPI

/// Devices from which a person has signed in before, by a keyed hash of what they call themselves.
///
/// A known device has a count of failures of its own, so that strangers cannot lock its owner out. It is never a
/// credential.
enum KnownDevices {
    /// The most devices of a person; beyond them the one used longest ago is forgotten.
    static let capacity = 20
    /// A device not used for so long is forgotten.
    static let memory = Duration.seconds(365 * 86_400)

    /// The keyed hash under which a device is kept.
    static func tag(_ device: String, _ keys: TenantKeys) -> [UInt8] { keys.tag("device", device) }

    /// Whether a person has signed in from a device. Asked for nobody too, so that the work is the same.
    static func isKnown(_ tag: [UInt8], to person: PersonID?, _ tables: some Queries) throws(StoreError) -> Bool {
        try tables.value(
            "SELECT 1 FROM portico_known_device WHERE person_id = \(person?.rawValue ?? "") AND tag = \(tag)",
            as: Int.self) != nil
    }

    /// Notes that a person signed in from a device.
    static func note(_ tag: [UInt8], of person: PersonID, now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_known_device (person_id, tag, last_used_at)
            VALUES (\(person), \(tag), \(now.microseconds))
            ON CONFLICT (person_id, tag) DO UPDATE SET last_used_at = excluded.last_used_at
            """)
        try host.run(
            """
            DELETE FROM portico_known_device WHERE person_id = \(person) AND tag IN (
                SELECT tag FROM portico_known_device WHERE person_id = \(person)
                ORDER BY last_used_at DESC LIMIT -1 OFFSET \(capacity))
            """)
    }

    /// Forgets all devices of a person, e.g. because somebody else may have used one.
    static func forgetAll(of person: PersonID, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_known_device WHERE person_id = \(person)")
    }

    /// Forgets devices that have not been used for long, so many at a time.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_known_device WHERE (person_id, tag) IN (
                SELECT person_id, tag FROM portico_known_device
                WHERE last_used_at < \((now - memory).microseconds) LIMIT 2000)
            """)
    }
}
