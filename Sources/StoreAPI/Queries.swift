/// What can be asked of tables through anything that runs statements.
public protocol Queries: ~Copyable {
    /// Calls the closure with each row, in order; it must not run another statement of the same text.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    borrowing func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError)

    /// The first row as a record; nil when there is none.
    borrowing func first<R: Record>(_ sql: SQL, as type: R.Type) throws(StoreError) -> R?
}

extension Queries where Self: ~Copyable {
    /// Every row as a record.
    public borrowing func all<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> [R] {
        var records: [R] = []
        try forEach(sql) { (row: borrowing Row) throws(StoreError) in records.append(try R(row: row)) }
        return records
    }

    /// The first row as a record; nil when there is none.
    public borrowing func first<R: Record>(_ sql: SQL, as type: R.Type) throws(StoreError) -> R? {
        var record: R?
        try forEach(sql) { (row: borrowing Row) throws(StoreError) in
            if record == nil { record = try R(row: row) }
        }
        return record
    }

    /// The first row as a record, of the type that is asked for; nil when there is none.
    public borrowing func first<R: Record>(_ sql: SQL) throws(StoreError) -> R? { try first(sql, as: R.self) }

    /// The only row as a record.
    ///
    /// - Throws: ``StoreError`` of kind `.mismatch` when there is none.
    public borrowing func one<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> R {
        guard let record = try first(sql, as: type) else { throw StoreError(.mismatch, "expected a row") }
        return record
    }

    /// The first column of every row.
    public borrowing func values<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self) throws(StoreError) -> [V] {
        var values: [V] = []
        try forEach(sql) { (row: borrowing Row) throws(StoreError) in values.append(try row.get(at: 0)) }
        return values
    }

    /// The first column of the first row; nil when there is no row.
    public borrowing func value<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self) throws(StoreError) -> V? {
        var value: V?
        try forEach(sql) { (row: borrowing Row) throws(StoreError) in
            if value == nil { value = try row.get(at: 0) }
        }
        return value
    }
}
