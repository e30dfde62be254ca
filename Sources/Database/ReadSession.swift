internal import StoreAPI

/// Reads in one snapshot of the database.
///
/// A transaction is opened only when it takes one: the first row of a first statement holds its snapshot by itself.
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
        if !isAlone { try begin() }
        return try super.start(sql, owner: owner, isFirstRowOnly: isFirstRowOnly)
    }

    override func stepToFirst(_ statement: Statement) throws(StoreError) -> Bool {
        if try statement.step() { return true }
        guard !isInTransaction else { return false }
        // Nothing was found, so nothing holds the snapshot for a second statement: ask again inside a transaction.
        try begin()
        statement.rewind()
        return try statement.step()
    }

    override func finishFirst(_ statement: Statement) throws(StoreError) -> Bool {
        guard !isInTransaction else { return false }
        held = statement
        return true
    }

    private func begin() throws(StoreError) {
        guard !isInTransaction, let connection else { return }
        try connection.run(internal: "BEGIN")
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
            do { try connection?.run(internal: "COMMIT") } catch { try? connection?.run(internal: "ROLLBACK") }
        }
        isInTransaction = false
        connection = nil
    }
}
