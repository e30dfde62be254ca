/// What can be asked of tables through anything that runs statements.
public protocol Queries: ~Copyable {
    /// Calls the closure with each row, in order; it must not run another statement of the same text.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    borrowing func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError)

    /// Calls the closure with the first row, without looking for a second one, unless there is none.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    borrowing func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError)
}

// Inlined where they are used, so that records are read without looking their types up at every row.
extension Queries where Self: ~Copyable {
    /// Every row as a record.
    @inlinable
    public borrowing func all<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> [R] {
        var records: [R] = []
        try forEach(sql) { (row: borrowing Row) throws(StoreError) in records.append(try R(row: row)) }
        return records
    }

    /// The first row as a record; nil when there is none. Further rows are not read.
    @inlinable
    public borrowing func first<R: Record>(_ sql: SQL, as type: R.Type) throws(StoreError) -> R? {
        var record: R?
        try forFirst(sql) { (row: borrowing Row) throws(StoreError) in record = try R(row: row) }
        return record.take()
    }

    /// The first row as a record, of the type that is asked for; nil when there is none.
    @inlinable
    public borrowing func first<R: Record>(_ sql: SQL) throws(StoreError) -> R? { try first(sql, as: R.self) }

    /// The only row as a record.
    ///
    /// - Throws: ``StoreError`` of kind `.mismatch` when there is none.
    @inlinable
    public borrowing func one<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> R {
        guard let record = try first(sql, as: type) else { throw StoreError(.mismatch, "expected a row") }
        return record
    }

    /// The first column of every row.
    @inlinable
    public borrowing func values<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self) throws(StoreError) -> [V] {
        var values: [V] = []
        try forEach(sql) { (row: borrowing Row) throws(StoreError) in values.append(try row.get(at: 0)) }
        return values
    }

    /// The first column of the first row; nil when there is no row.
    @inlinable
    public borrowing func value<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self) throws(StoreError) -> V? {
        var value: V?
        try forFirst(sql) { (row: borrowing Row) throws(StoreError) in value = try row.get(at: 0) }
        return value
    }
}
