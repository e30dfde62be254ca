internal import StoreAPI

/// Reads in one snapshot of the database.
///
/// A transaction is opened only when it takes one: a first statement left standing on its row holds the snapshot by
/// itself, and statements after it read from the same one.
public final class ReadSession: Session {
    private var isInTransaction = false
    /// The first statement, left standing on its row because that holds the snapshot.
    private var held: Statement?
    private var isFirst = true

    init(owner: Owner, connection: Connection) {
        super.init(owner: owner, connection: connection, mode: .reading)
    }

    override func start(_ sql: SQL, owner: Owner, isFirstRowOnly: Bool) throws(StoreError) -> Statement {
        let isAlone = isFirst && isFirstRowOnly
        isFirst = false
        // The one that holds the snapshot cannot run a second time meanwhile.
        if !isAlone, held.map({ $0.text == sql.text }) ?? true { try begin() }
        return try super.start(sql, owner: owner, isFirstRowOnly: isFirstRowOnly)
    }

    override func stepToFirst(_ statement: Statement) throws(StoreError) -> Bool {
        if try statement.step() { return true }
        guard !isInTransaction, held == nil else { return false }
        // Nothing was found, so nothing holds the snapshot for a second statement: ask again inside a transaction.
        try begin()
        statement.rewind()
        return try statement.step()
    }

    override func finishFirst(_ statement: Statement) throws(StoreError) -> Bool {
        guard !isInTransaction, held == nil else { return false }
        held = statement
        return true
    }

    private func begin() throws(StoreError) {
        guard !isInTransaction, let connection else { return }
        try connection.run(.begin)
        isInTransaction = true
        letGo()
    }

    private func letGo() {
        if let held { connection?.finish(held) }
        held = nil
    }

    /// Ends the snapshot; every later call throws.
    func end() {
        letGo()
        if isInTransaction {
            do { try connection?.run(.commit) } catch { try? connection?.run(.rollBack) }
        }
        isInTransaction = false
        connection = nil
    }
}
