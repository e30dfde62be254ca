import Database
import PluginAPI

/// A read session as one plugin sees it: its own tables, and the tenant's accounts.
final class PluginReadBackend: ReadBackend {
    private let session: Session
    let owner: Owner

    init(_ session: Session, owner: Owner) {
        self.session = session
        self.owner = owner
    }

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forEach(sql, owner: owner, body)
    }

    func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forFirst(sql, owner: owner, body)
    }

    var tables: HostReader { HostReader(session) }

    func person(_ id: PersonID) throws(StoreError) -> Person? { try People.person(id, HostReader(session)) }
    func person(withPhone phone: Phone) throws(StoreError) -> Person? {
        try People.person(withPhone: phone, HostReader(session))
    }
    func person(withEmail email: Email) throws(StoreError) -> Person? {
        try People.person(withEmail: email, HostReader(session))
    }
    func accounts(actedForBy person: PersonID) throws(StoreError) -> [PersonID] {
        try ActingFor.accounts(by: person, HostReader(session))
    }
    func file(_ id: FileID) throws(StoreError) -> StoredFile? {
        try FileTable.find(id, for: owner.id, HostReader(session))?.file
    }
    func files(of kind: String, id: String) throws(StoreError) -> [StoredFile] {
        try FileTable.files(of: kind, id: id, plugin: owner.id, HostReader(session))
    }
    func longJob(_ id: LongJobID) throws(StoreError) -> LongJobRecord? {
        try LongJobTable.record(id, plugin: owner.id, HostReader(session))
    }
    func plan(of person: PersonID) throws(StoreError) -> Plan? { try Plans.plan(of: person, HostReader(session)) }
    func preferences(of person: PersonID) throws(StoreError) -> Preferences? {
        try PreferencesTable.preferences(of: person, HostReader(session))
    }
}
