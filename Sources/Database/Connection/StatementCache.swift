internal import StoreAPI

/// The prepared statements of one connection, by owner and text, the least recently lent leaving first.
struct StatementCache {
    private struct Key: Hashable {
        let text: String
        let owner: Owner
        // The text alone says nearly everything; equality compares the owner as well.
        func hash(into hasher: inout Hasher) { hasher.combine(text) }
    }

    private let capacity: Int
    private var statements: [Key: Statement] = [:]
    private var lendings = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { statements.count }

    /// A statement that nobody uses now.
    mutating func lend(_ text: String, owner: Owner) -> Statement? {
        guard let statement = statements[Key(text: text, owner: owner)], !statement.isLent else { return nil }
        lendings += 1
        statement.lastLent = lendings
        statement.isLent = true
        return statement
    }

    /// Keeps a new statement; the place of one that is in use at this moment stays taken.
    mutating func keep(_ statement: Statement, text: String) {
        let key = Key(text: text, owner: statement.owner)
        guard statements[key] == nil else { return }
        if statements.count >= capacity {
            let oldest = statements.filter { !$0.value.isLent }.min { $0.value.lastLent < $1.value.lastLent }
            guard let oldest else { return }
            statements[oldest.key] = nil
        }
        lendings += 1
        statement.lastLent = lendings
        statements[key] = statement
    }

    mutating func removeAll() { statements = [:] }
}
