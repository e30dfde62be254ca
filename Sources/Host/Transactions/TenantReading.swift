import PluginAPI

/// What a plugin may read of the tenant beside its own tables, the same in a reading and in a writing session.
protocol TenantReading: ReadBackend {
    associatedtype Tables: Queries
    /// The host's tables.
    var tables: Tables { get }
    /// In whose name it is read.
    var pluginID: String { get }
    /// Whose conversations are seen; the host, for which it is nil, sees all.
    var scope: String? { get }
}

extension TenantReading {
    func person(_ id: PersonID) throws(StoreError) -> Person? { try People.person(id, tables) }
    func person(withPhone phone: Phone) throws(StoreError) -> Person? {
        try People.person(withPhone: phone, tables)
    }
    func person(withEmail email: Email) throws(StoreError) -> Person? {
        try People.person(withEmail: email, tables)
    }
    func accounts(actedForBy person: PersonID) throws(StoreError) -> [PersonID] {
        try ActingFor.accounts(by: person, tables)
    }
    func people(withRole role: String, in branch: String?, upTo most: Int) throws(StoreError) -> [PersonID] {
        try Roles.holders(of: role, in: pluginID, branch: branch, upTo: most, tables)
    }
    func file(_ id: FileID) throws(StoreError) -> StoredFile? {
        try FileTable.find(id, for: pluginID, tables)?.file
    }
    func files(of kind: String, id: String) throws(StoreError) -> [StoredFile] {
        try FileTable.files(of: kind, id: id, plugin: pluginID, tables)
    }
    func longJob(_ id: LongJobID) throws(StoreError) -> LongJobRecord? {
        try LongJobTable.record(id, plugin: pluginID, tables)
    }
    func plan(of person: PersonID) throws(StoreError) -> Plan? { try Plans.plan(of: person, tables) }
    func preferences(of person: PersonID) throws(StoreError) -> Preferences? {
        try PreferencesTable.preferences(of: person, tables)
    }
}
