internal import StoreAPI

/// The prepared statements of one connection, by owner and text, the least recently lent leaving first.
///
/// A list and not a dictionary: there are a few dozen, and running over their hashes takes less than hashing a long text
/// well enough for a table.
struct StatementCache {
    private let capacity: Int
    private var hashes: [UInt64] = []
    private var statements: [Statement] = []
    private var lendings = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { statements.count }

    /// A statement that nobody uses now.
    mutating func lend(_ text: String, owner: Owner) -> Statement? {
        guard let place = place(of: text, owner), !statements[place].isLent else { return nil }
        let statement = statements[place]
        lendings += 1
        statement.lastLent = lendings
        statement.isLent = true
        return statement
    }

    /// Keeps a new statement; the place of one that is in use at this moment stays taken.
    mutating func keep(_ statement: Statement) {
        guard place(of: statement.text, statement.owner) == nil else { return }
        if statements.count >= capacity {
            let idle = statements.indices.filter { !statements[$0].isLent }
            guard let oldest = idle.min(by: { statements[$0].lastLent < statements[$1].lastLent }) else { return }
            hashes.remove(at: oldest)
            statements.remove(at: oldest)
        }
        lendings += 1
        statement.lastLent = lendings
        hashes.append(Self.hash(statement.text))
        statements.append(statement)
    }

    mutating func removeAll() {
        hashes = []
        statements = []
    }

    private func place(of text: String, _ owner: Owner) -> Int? {
        let hash = Self.hash(text)
        for place in hashes.indices
        where hashes[place] == hash && statements[place].text == text && statements[place].owner == owner {
            return place
        }
        return nil
    }

    /// Eight bytes at a time. Only programs choose the texts, so it need not be keyed.
    private static func hash(_ text: String) -> UInt64 {
        let bytes = text.utf8.span.bytes
        var hash = UInt64(bytes.byteCount)
        var at = 0
        while at + 8 <= bytes.byteCount {
            mix(bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self), into: &hash)
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.byteCount {
            rest = rest << 8 | UInt64(bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt8.self))
            at += 1
        }
        mix(rest, into: &hash)
        return hash
    }

    @inline(__always)
    private static func mix(_ word: UInt64, into hash: inout UInt64) {
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
    }
}
