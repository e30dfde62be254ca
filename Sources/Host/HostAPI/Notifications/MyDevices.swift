import PluginAPI

extension Route<PorticoAPI> {
    static let listDevices = Route.get(
        PorticoAPI.base + "/me/devices", .reading(PorticoAPI.listDevices), needs: .member,
        "The devices that take one's pushes, the newest first.")
    static let registerDevice = Route.post(
        PorticoAPI.base + "/me/devices", .transactional(PorticoAPI.registerDevice), needs: .member,
        "Registers a device for pushes, or changes it.")
    static let unregisterDevice = Route.delete(
        PorticoAPI.base + "/me/devices/{deviceId}", .transactional(PorticoAPI.unregisterDevice), needs: .member,
        "Sends a device no more pushes.")
}

/// A device as its person sees it; what the push service knows it by is never shown.
struct DeviceShown: Described {
    var deviceId: String
    var platform: Device.Platform
    var appVersion: String?
    var osVersion: String?
    var preferences: JSON
    var registeredAt: Instant

    static let schema = Schema.object(
        Self.init(deviceId:platform:appVersion:osVersion:preferences:registeredAt:),
        Field("deviceId", \.deviceId, .string(1...200)), Field("platform", \.platform, .oneOf),
        Field("appVersion", \.appVersion, .optional(.string(0...100))),
        Field("osVersion", \.osVersion, .optional(.string(0...100))),
        Field("preferences", \.preferences, .openObject), Field("registeredAt", \.registeredAt, Instant.schema))
}

extension DeviceShown {
    init(_ device: Device) {
        self.init(
            deviceId: device.id, platform: device.platform, appVersion: device.appVersion,
            osVersion: device.osVersion, preferences: device.preferences, registeredAt: device.registeredAt)
    }
}

/// One device.
struct DeviceNamed: Described {
    var deviceId: String
    static let schema = Schema.object(
        Self.init(deviceId:), Field("deviceId", \.deviceId, .string(1...200), in: .path))
}

extension PorticoAPI {
    func listDevices(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<DeviceShown> {
        let person = call.caller.id
        return try tx.host { tables in
            let devices = try DeviceTable.devices(of: person, tables).map { DeviceShown($0.device) }
            return Page(
                devices, PageNumbers(page: 1, limit: DeviceTable.capacity, total: devices.count))
        }
    }

    func registerDevice(
        _ device: DeviceRegistration, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> DeviceShown {
        let person = call.caller.id
        try device.check()
        return try tx.host { tables, origin in
            DeviceShown(try DeviceTable.register(device, of: person, origin, tables))
        }
    }

    func unregisterDevice(
        _ named: DeviceNamed, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> NoContent {
        let person = call.caller.id
        return try tx.host { tables, origin in
            guard try DeviceTable.unregister(named.deviceId, of: person, origin, tables) else { throw Problem.notFound }
            return NoContent()
        }
    }
}
