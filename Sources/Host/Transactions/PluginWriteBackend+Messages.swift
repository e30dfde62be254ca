import PluginAPI

extension PluginWriteBackend {
    func markNotification(_ id: String, of person: PersonID, isRead: Bool) throws(StoreError) -> Bool {
        try NotificationFeed.mark(id, of: person, isRead: isRead, now: origin.now, host)
    }

    func markNotificationsRead(of person: PersonID) throws(StoreError) -> Int {
        try NotificationFeed.markAll(of: person, now: origin.now, host)
    }

    func noteAnswer(of person: PersonID, about subject: Subject) throws(StoreError) {
        try History.noteAnswer(of: person, about: subject, now: origin.now, host)
    }

    func register(_ device: DeviceRegistration, of person: PersonID) throws(StoreError) -> Device {
        try DeviceTable.register(device, of: person, origin, host)
    }

    func unregisterDevice(_ id: String, of person: PersonID) throws(StoreError) -> Bool {
        try DeviceTable.unregister(id, of: person, origin, host)
    }
}
