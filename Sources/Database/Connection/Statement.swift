internal import CSQLite
internal import StoreAPI

/// A prepared statement of one connection, with the permit it was prepared under.
final class Statement {
    let handle: OpaquePointer
    let text: String
    let owner: Owner
    let permit: Permit
    /// Lent to a cursor that has not ended yet.
    var isLent = false
    /// When it was last lent, in lendings of its cache.
    var lastLent = 0
    /// How many columns the row has that it stands on; 0 when it stands on none.
    private var columns: Int32 = 0
    private var names: [String] = []
    /// Where the next column is looked for first: records read their columns in order.
    private var nextColumn = 0

    private unowned let connection: Connection

    /// Prepares one statement; text behind it is refused.
    ///
    /// - Throws: ``StoreError`` of kind `.denied`, `.misuse` or what SQLite says.
    convenience init(
        _ text: String, owner: Owner, permit: Permit, isCached: Bool, on connection: Connection
    ) throws(StoreError) {
        var tail = ""
        try self.init(firstOf: text, tail: &tail, owner: owner, permit: permit, isCached: isCached, on: connection)
        guard StatementRules.isBlank(tail) else { throw StoreError(.denied, "more than one statement in one text") }
    }

    /// Prepares the first statement of a text.
    ///
    /// - Parameter tail: set to what stands behind it.
    /// - Throws: ``StoreError`` of kind `.denied`, `.misuse` or what SQLite says.
    init(
        firstOf text: String, tail: inout String, owner: Owner, permit: Permit, isCached: Bool,
        on connection: Connection
    ) throws(StoreError) {
        permit.isPreparing = true
        let prepared = connection.prepare(text, permit: permit, isCached: isCached)
        permit.isPreparing = false
        guard let handle = prepared.handle else {
            if prepared.code != SQLITE_OK { throw connection.error(prepared.code, permit: permit) }
            throw StoreError(.misuse, "SQL text without a statement")
        }
        self.handle = handle
        self.text = text
        self.owner = owner
        self.permit = permit
        self.connection = connection
        tail = prepared.tail
        for name in permit.otherNames where try connection.hasTable(named: name) {
            throw StoreError(.denied, "\(name) is no table of \(owner.id)")
        }
    }

    deinit { sqlite3_finalize(handle) }

    /// Whether the statement reads only.
    var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// Steps to the next row.
    ///
    /// - Returns: false at the end.
    /// - Throws: what SQLite says.
    func step() throws(StoreError) -> Bool {
        columns = 0
        nextColumn = 0
        let code = connection.step(handle, permit: permit)
        switch code {
        case SQLITE_ROW:
            columns = sqlite3_data_count(handle)
            return true
        case SQLITE_DONE: return false
        default: throw connection.error(code, permit: permit)
        }
    }

    /// Ends the cursor and forgets the arguments, but stays prepared.
    func reset() {
        columns = 0
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Starts over with the same arguments.
    func rewind() {
        columns = 0
        sqlite3_reset(handle)
    }
}

extension Statement: RowSource {
    func index(of column: String) -> Int? {
        let count = Int(sqlite3_column_count(handle))
        if names.count != count {
            names = (0..<Int32(count)).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
        }
        for step in 0..<count {
            let index = nextColumn + step < count ? nextColumn + step : nextColumn + step - count
            if names[index] == column {
                nextColumn = index + 1 < count ? index + 1 : 0
                return index
            }
        }
        return nil
    }

    func value(at index: Int, seal: String?) throws(StoreError) -> SQLValue {
        let value = plainValue(try column(index))
        guard let seal else { return value }
        switch value {
        case .null: return .null
        case .blob(let bytes): return .blob(try connection.sealer.open(bytes, owner: owner.id, tag: seal))
        default: throw StoreError(.seal, "column \(index) holds no sealed value")
        }
    }

    func isNull(at index: Int) -> Bool {
        guard let column = try? column(index) else { return false }
        return sqlite3_value_type(column) == SQLITE_NULL
    }

    func text(at index: Int) throws(StoreError) -> String? {
        let column = try column(index)
        switch sqlite3_value_type(column) {
        case SQLITE_TEXT: return text(of: column)
        case SQLITE_NULL: return nil
        default: throw StoreError(.mismatch, "column \(index) holds no text")
        }
    }

    func integer(at index: Int) throws(StoreError) -> Int64? {
        let column = try column(index)
        switch sqlite3_value_type(column) {
        case SQLITE_INTEGER: return sqlite3_value_int64(column)
        case SQLITE_NULL: return nil
        default: throw StoreError(.mismatch, "column \(index) holds no whole number")
        }
    }

    /// A column of the row, valid until the next step. SQLite calls it unprotected: nobody but the one user of this
    /// connection can touch it, and one look-up serves type, bytes and length.
    private func column(_ index: Int) throws(StoreError) -> OpaquePointer {
        guard index >= 0, index < Int(columns), let value = sqlite3_column_value(handle, Int32(index)) else {
            throw StoreError(.mismatch, "no column \(index) in the row")
        }
        return value
    }

    private func text(of column: OpaquePointer) -> String? {
        guard let start = sqlite3_value_text(column) else { return nil }
        let count = Int(sqlite3_value_bytes(column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    private func plainValue(_ column: OpaquePointer) -> SQLValue {
        switch sqlite3_value_type(column) {
        case SQLITE_INTEGER: return .integer(sqlite3_value_int64(column))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(column))
        case SQLITE_TEXT: return text(of: column).map { .text($0) } ?? .null
        case SQLITE_BLOB:
            guard let start = sqlite3_value_blob(column) else { return .blob([]) }
            let count = Int(sqlite3_value_bytes(column))
            return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default: return .null
        }
    }
}
