public import StoreAPI

/// Statements of one owner in one transaction, lent to a closure.
///
/// It must not be kept: after the closure every call throws ``StoreError`` of kind `.closed`.
public class Session: Queries {
    /// In whose name statements run, unless they name another owner.
    public let owner: Owner
    /// Nil once the closure has returned.
    var connection: Connection?
    let mode: Permit.Mode

    init(owner: Owner, connection: Connection, mode: Permit.Mode) {
        self.owner = owner
        self.connection = connection
        self.mode = mode
    }

    /// Calls the closure with each row, in order.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    public func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try forEach(sql, owner: owner, body)
    }

    /// Calls the closure with the first row, unless there is none. Further rows are not read.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    public func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try forFirst(sql, owner: owner, body)
    }

    // MARK: What reading and writing do differently

    func start(_ sql: SQL, owner: Owner, isFirstRowOnly: Bool) throws(StoreError) -> Statement {
        guard let connection else { throw StoreError(.closed, "the session has ended") }
        return try connection.start(sql, as: owner, mode: mode)
    }

    func step(_ statement: Statement) throws(StoreError) -> Bool { try statement.step() }

    func stepToFirst(_ statement: Statement) throws(StoreError) -> Bool { try step(statement) }

    /// Whether the statement stays on its first row, to be finished later.
    func finishFirst(_ statement: Statement) throws(StoreError) -> Bool { false }

    /// A statement has run to its end.
    func completed() throws(StoreError) {}

    func finish(_ statement: Statement) { connection?.finish(statement) }
}
