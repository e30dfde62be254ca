public import StoreAPI

extension ReadTransaction {
    /// What a person finds in the portal, the newest first.
    ///
    /// - Parameter isUnreadOnly: whether what was read is left out.
    public borrowing func notifications(
        of person: PersonID, isUnreadOnly: Bool = false, page: Int, limit: Int
    ) throws(StoreError) -> NotificationPage {
        try source.notifications(of: person, isUnreadOnly: isUnreadOnly, page: page, limit: limit)
    }

    /// One of the things a person finds in the portal, by its number; nil when there is none.
    public borrowing func notification(number: Int, of person: PersonID) throws(StoreError) -> Notification? {
        try source.notification(number: number, of: person)
    }

    /// What a person was sent, the newest first, with how many there are in all.
    public borrowing func communications(
        of person: PersonID, _ filter: CommunicationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Communication], total: Int) {
        try source.communications(of: person, filter, page: page, limit: limit)
    }

    /// What the communications of a person come to.
    public borrowing func communicationSummary(
        of person: PersonID, _ filter: CommunicationFilter
    ) throws(StoreError) -> CommunicationSummary {
        try source.communicationSummary(of: person, filter)
    }

    /// A person's devices, the newest first.
    public borrowing func devices(of person: PersonID) throws(StoreError) -> [Device] {
        try source.devices(of: person)
    }
}

extension Transaction {
    /// Marks a person's notification as read, or as unread.
    ///
    /// - Returns: whether they have it.
    public borrowing func markNotification(
        _ id: String, of person: PersonID, isRead: Bool = true
    ) throws(StoreError) -> Bool {
        try backend.markNotification(id, of: person, isRead: isRead)
    }

    /// Marks all of a person's notifications as read.
    ///
    /// - Returns: how many were not.
    @discardableResult
    public borrowing func markNotificationsRead(of person: PersonID) throws(StoreError) -> Int {
        try backend.markNotificationsRead(of: person)
    }

    /// Notes that a person answered what they were sent about something; for ``CommunicationSummary/responseRate``.
    public borrowing func noteAnswer(of person: PersonID, about subject: Subject) throws(StoreError) {
        try backend.noteAnswer(of: person, about: subject)
    }

    /// Registers a device, or changes it: a device id of a person is one device, and a token is one person's.
    ///
    /// - Returns: the device.
    public borrowing func register(
        _ device: DeviceRegistration, of person: PersonID
    ) throws(StoreError) -> Device {
        try backend.register(device, of: person)
    }

    /// Forgets a device.
    ///
    /// - Returns: whether the person had it.
    public borrowing func unregisterDevice(_ id: String, of person: PersonID) throws(StoreError) -> Bool {
        try backend.unregisterDevice(id, of: person)
    }
}

/// What the host reads of a person's messages.
public protocol MessageReading {
    func notification(number: Int, of person: PersonID) throws(StoreError) -> Notification?
    func notifications(
        of person: PersonID, isUnreadOnly: Bool, page: Int, limit: Int
    ) throws(StoreError) -> NotificationPage
    func communications(
        of person: PersonID, _ filter: CommunicationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Communication], total: Int)
    func communicationSummary(
        of person: PersonID, _ filter: CommunicationFilter
    ) throws(StoreError) -> CommunicationSummary
    func devices(of person: PersonID) throws(StoreError) -> [Device]
}

/// What the host changes of a person's messages.
public protocol MessageWriting {
    func markNotification(_ id: String, of person: PersonID, isRead: Bool) throws(StoreError) -> Bool
    func markNotificationsRead(of person: PersonID) throws(StoreError) -> Int
    func noteAnswer(of person: PersonID, about subject: Subject) throws(StoreError)
    func register(_ device: DeviceRegistration, of person: PersonID) throws(StoreError) -> Device
    func unregisterDevice(_ id: String, of person: PersonID) throws(StoreError) -> Bool
}
