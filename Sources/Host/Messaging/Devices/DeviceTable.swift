import PluginAPI

/// People's devices. What a push service knows one by lies sealed: who has it can send to the device.
enum DeviceTable {
    static let migration = Migration(
        "000-devices",
        """
        CREATE TABLE portico_device (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL,
            name TEXT NOT NULL,
            platform TEXT NOT NULL CHECK (platform IN ('ios', 'android', 'web')),
            token BLOB NOT NULL,
            token_index BLOB NOT NULL UNIQUE,
            app_version TEXT,
            os_version TEXT,
            preferences TEXT NOT NULL,
            registered_at INTEGER NOT NULL,
            UNIQUE (person_id, name)
        ) STRICT, WITHOUT ROWID;
        """)

    /// Devices kept of one person; the oldest go.
    static let capacity = 20

    /// A person's devices, the newest first.
    static func devices(of person: PersonID, _ tables: some Queries) throws(StoreError) -> [DeviceRow] {
        try tables.all(
            "SELECT * FROM portico_device WHERE person_id = \(person) ORDER BY registered_at DESC, id DESC",
            as: DeviceRow.self)
    }

    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> DeviceRow? {
        try tables.first("SELECT * FROM portico_device WHERE id = \(id)", as: DeviceRow.self)
    }

    static func register(
        _ device: DeviceRegistration, of person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> Device {
        let index = BlindIndex(device.deviceToken, tag: "device.token")
        // Whoever signs in on the same device takes it over: what was for the one before must not reach them.
        try host.run(
            """
            DELETE FROM portico_device WHERE token_index = \(index)
            AND NOT (person_id = \(person) AND name = \(device.deviceId))
            """)
        let (id, preferences) = (Identifier.make("dev", at: origin.now), device.preferences.whole.text)
        try host.run(
            """
            INSERT INTO portico_device (id, person_id, name, platform, token, token_index, app_version, os_version,
                preferences, registered_at)
            VALUES (\(id), \(person), \(device.deviceId), \(device.platform.rawValue),
                \(Sealed(DeviceToken(text: device.deviceToken))), \(index), \(device.appVersion),
                \(device.osVersion), \(preferences), \(origin.now.microseconds))
            ON CONFLICT (person_id, name) DO UPDATE SET platform = excluded.platform, token = excluded.token,
                token_index = excluded.token_index, app_version = excluded.app_version,
                os_version = excluded.os_version, preferences = excluded.preferences,
                registered_at = excluded.registered_at
            """)
        try host.run(
            """
            DELETE FROM portico_device WHERE person_id = \(person) AND id NOT IN (SELECT id FROM portico_device
                WHERE person_id = \(person) ORDER BY registered_at DESC, id DESC LIMIT \(capacity))
            """)
        let details: JSON = ["platform": .string(device.platform.rawValue)]
        try AuditTable.append(
            AuditEntry("device.registered", on: People.subject(person), details: details), origin, host)
        return try host.one(
            "SELECT * FROM portico_device WHERE person_id = \(person) AND name = \(device.deviceId)",
            as: DeviceRow.self
        ).device
    }

    /// - Parameter name: as the device names itself.
    static func unregister(
        _ name: String, of person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let gone = try host.run("DELETE FROM portico_device WHERE person_id = \(person) AND name = \(name)")
        guard gone > 0 else { return false }
        try AuditTable.append(AuditEntry("device.unregistered", on: People.subject(person)), origin, host)
        return true
    }

    /// The push service knows it no more.
    static func forget(_ id: String, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_device WHERE id = \(id)")
    }
}

/// A device as it is kept.
struct DeviceRow: Record, Sendable {
    let id: String
    /// As the device names itself.
    let name: String
    let platform: Device.Platform
    let token: String
    let device: Device
    /// When no push may come to it.
    let quietHours: QuietHours?

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        name = try row.get("name")
        platform = Device.Platform(rawValue: try row.get("platform")) ?? .web
        token = try row.get("token", as: Sealed<DeviceToken>.self).value.text
        let text: String = try row.get("preferences")
        let document = try? JSONDocument(Array(text.utf8))
        let preferences = document.flatMap { try? DevicePreferences.schema.decode(.json($0.root)) }
        quietHours = preferences?.quietHours
        device = Device(
            id: name, platform: platform, appVersion: try row.get("app_version"), osVersion: try row.get("os_version"),
            preferences: preferences?.whole ?? [:],
            registeredAt: Instant(microseconds: try row.get("registered_at")))
    }
}

private struct DeviceToken: Sealable {
    let text: String

    static let sealTag = "device.token"
    var sealedBytes: [UInt8] { Array(text.utf8) }

    init(text: String) { self.text = text }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
}
