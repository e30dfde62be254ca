public import StoreAPI

/// Reads and writes in one member of a commit group.
///
/// The closure must have no effect outside its transaction: when its group is lost it runs a second time. What is to
/// happen outside belongs in ``afterCommit(_:)``.
public final class WriteSession: Session {
    private let budget: WriteBudget
    private let changesAtStart: Int
    private var statements = 0
    /// Why no further statement runs: the transaction is gone or the budget used up. It outlives a `catch`.
    private(set) var fault: StoreError?
    private(set) var notes: [any Sendable] = []
    private(set) var commitActions: [@Sendable () -> Void] = []

    init(owner: Owner, connection: Connection, budget: WriteBudget) {
        self.budget = budget
        changesAtStart = connection.totalChanges
        super.init(owner: owner, connection: connection, mode: .writing)
    }

    /// Runs a statement and ignores the rows it may return.
    ///
    /// - Returns: rows inserted, changed or deleted, those by triggers and foreign keys included.
    /// - Throws: ``StoreError``.
    @discardableResult
    public func run(_ sql: SQL) throws(StoreError) -> Int { try run(sql, owner: owner) }

    /// Runs a statement in another owner's name and ignores the rows it may return.
    ///
    /// - Returns: rows inserted, changed or deleted, those by triggers and foreign keys included.
    /// - Throws: ``StoreError``.
    @discardableResult
    public func run(_ sql: SQL, owner: Owner) throws(StoreError) -> Int {
        let statement = try start(sql, owner: owner, isFirstRowOnly: false)
        defer { finish(statement) }
        let before = changes
        while try step(statement) {}
        try completed()
        return changes - before
    }

    /// Rows inserted, changed and deleted so far, those by triggers and foreign keys included.
    public var changes: Int { connection.map { $0.totalChanges - changesAtStart } ?? 0 }

    /// The row id of the last row this session inserted; 0 before the first.
    public var lastInsertedRowID: Int64 { connection?.lastInsertedRowID ?? 0 }

    /// Remembers what to do once the group is committed, before the caller goes on.
    ///
    /// It runs on the writer's thread and holds up every write of the database, so it only raises a flag or wakes
    /// somebody. It does not run when the member fails.
    public func afterCommit(_ action: @escaping @Sendable () -> Void) { commitActions.append(action) }

    /// Leaves a note for the database's group hook, which sees the notes of all members that succeeded before the
    /// group commits.
    public func note(_ note: any Sendable) { notes.append(note) }

    override func start(_ sql: SQL, owner: Owner, isFirstRowOnly: Bool) throws(StoreError) -> Statement {
        if let fault { throw fault }
        guard connection != nil else { throw StoreError(.closed, "the session has ended") }
        statements += 1
        if statements > budget.statements {
            throw failing(StoreError(.overBudget, "more than \(budget.statements) statements in one transaction"))
        }
        return try super.start(sql, owner: owner, isFirstRowOnly: isFirstRowOnly)
    }

    override func step(_ statement: Statement) throws(StoreError) -> Bool {
        if let fault { throw fault }
        do throws(StoreError) {
            return try statement.step()
        } catch {
            // Some failures roll the whole transaction back; nothing may run outside one.
            if connection?.isIdle ?? true { fault = error }
            throw error
        }
    }

    override func completed() throws(StoreError) {
        if changes > budget.rows {
            throw failing(StoreError(.overBudget, "more than \(budget.rows) rows changed in one transaction"))
        }
    }

    override func finishFirst(_ statement: Statement) throws(StoreError) -> Bool {
        // A statement that changes rows checks its foreign keys at its end.
        if !statement.isReadOnly { while try step(statement) {} }
        return false
    }

    private func failing(_ error: StoreError) -> StoreError {
        fault = error
        return error
    }

    /// Every later call throws.
    func end() { connection = nil }
}
