import PluginAPI

extension TenantReading {
    func notifications(
        of person: PersonID, isUnreadOnly: Bool, page: Int, limit: Int
    ) throws(StoreError) -> NotificationPage {
        try NotificationFeed.page(of: person, isUnreadOnly: isUnreadOnly, page: page, limit: limit, tables)
    }

    func notification(number: Int, of person: PersonID) throws(StoreError) -> Notification? {
        try NotificationFeed.find(number: number, of: person, tables)
    }

    func communications(
        of person: PersonID, _ filter: CommunicationFilter, page: Int, limit: Int
    ) throws(StoreError) -> (items: [Communication], total: Int) {
        try History.communications(of: person, filter, page: page, limit: limit, tables)
    }

    func communicationSummary(
        of person: PersonID, _ filter: CommunicationFilter
    ) throws(StoreError) -> CommunicationSummary {
        try History.summary(of: person, filter, tables)
    }

    func devices(of person: PersonID) throws(StoreError) -> [Device] {
        try DeviceTable.devices(of: person, tables).map(\.device)
    }
}
