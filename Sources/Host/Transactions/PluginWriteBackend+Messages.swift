import PluginAPI

extension PluginWriteBackend {
    func notifications(
        of person: PersonID, isUnreadOnly: Bool, page: Int, limit: Int
    ) throws(StoreError) -> NotificationPage {
        try NotificationFeed.page(of: person, isUnreadOnly: isUnreadOnly, page: page, limit: limit, host)
    }

    func communications(
        of person: PersonID, _ filter: CommunicationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Communication], total: Int) {
        try History.communications(of: person, filter, page: page, limit: limit, host)
    }

    func communicationSummary(
        of person: PersonID, _ filter: CommunicationFilter
    ) throws(StoreError) -> CommunicationSummary {
        try History.summary(of: person, filter, host)
    }

    func devices(of person: PersonID) throws(StoreError) -> [Device] {
        try DeviceTable.devices(of: person, host).map(\.device)
    }

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
