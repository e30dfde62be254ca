import Database
import StoreAPI

/// The host's own tables in a tenant's database, for reading, inside whatever session is open.
struct HostReader: Queries {
    private let session: Session

    init(_ session: Session) { self.session = session }

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forEach(sql, owner: .host, body)
    }

    func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forFirst(sql, owner: .host, body)
    }
}

/// The host's own tables in a tenant's database, for writing, inside the transaction of whoever writes.
struct HostWriter: Queries {
    private let session: WriteSession

    init(_ session: WriteSession) { self.session = session }

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forEach(sql, owner: .host, body)
    }

    func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forFirst(sql, owner: .host, body)
    }

    /// Runs a statement for its effect and returns how many rows it changed.
    @discardableResult
    func run(_ sql: SQL) throws(StoreError) -> Int { try session.run(sql, owner: .host) }

    /// Runs a statement of the host's on a plugin's tables, e.g. for somebody's erasure.
    @discardableResult
    func run(_ sql: SQL, as owner: Owner) throws(StoreError) -> Int { try session.run(sql, owner: owner) }

    /// See ``WriteSession/afterCommit(_:)``.
    func afterCommit(_ action: @escaping @Sendable () -> Void) { session.afterCommit(action) }

    /// See ``WriteSession/note(_:)``.
    func note(_ note: any Sendable) { session.note(note) }
}
