import Database
import PluginAPI

/// A read session as one plugin sees it: its own tables, and what it may read of the tenant.
final class PluginReadBackend: TenantReading {
    private let session: Session
    private let owner: Owner

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
    var pluginID: String { owner.id }
    var scope: String? { owner == .host ? nil : owner.id }
}
