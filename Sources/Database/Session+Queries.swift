public import StoreAPI

// The same questions as in ``Queries``, but a first row is fetched without looking for a second one, and each can be
// asked in another owner's name: the host writes its own rows beside a plugin's.
extension Session {
    /// Calls the closure with each row, in order, in another owner's name.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    public func forEach(
        _ sql: SQL, owner: Owner, _ body: (borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try start(sql, owner: owner, isFirstRowOnly: false)
        defer { finish(statement) }
        let row = Row(source: statement)
        while try step(statement) { try body(row) }
        try completed()
    }

    /// Every row as a record.
    ///
    /// - Throws: ``StoreError``.
    public func all<R: Record>(_ sql: SQL, as type: R.Type = R.self, owner: Owner) throws(StoreError) -> [R] {
        let statement = try start(sql, owner: owner, isFirstRowOnly: false)
        defer { finish(statement) }
        var records: [R] = []
        let row = Row(source: statement)
        while try step(statement) { records.append(try R(row: row)) }
        try completed()
        return records
    }

    /// Calls the closure with the first row, in another owner's name, unless there is none. Further rows are not read.
    ///
    /// - Throws: ``StoreError``, or what the closure throws.
    public func forFirst(
        _ sql: SQL, owner: Owner, _ body: (borrowing Row) throws(StoreError) -> Void
    ) throws(StoreError) {
        let statement = try start(sql, owner: owner, isFirstRowOnly: true)
        var isKept = false
        defer { if !isKept { finish(statement) } }
        if try stepToFirst(statement) {
            try body(Row(source: statement))
            isKept = try finishFirst(statement)
        }
        try completed()
    }

    /// The first row as a record; nil when there is none. Further rows are not read.
    ///
    /// - Throws: ``StoreError``.
    public func first<R: Record>(_ sql: SQL, as type: R.Type = R.self, owner: Owner) throws(StoreError) -> R? {
        var record: R?
        try forFirst(sql, owner: owner) { (row: borrowing Row) throws(StoreError) in record = try R(row: row) }
        return record.take()
    }

    /// The first row as a record. Further rows are not read.
    ///
    /// - Throws: ``StoreError``, of kind `.mismatch` when there is no row.
    public func one<R: Record>(_ sql: SQL, as type: R.Type = R.self, owner: Owner) throws(StoreError) -> R {
        guard let record = try first(sql, as: type, owner: owner) else {
            throw StoreError(.mismatch, "expected a row, found none")
        }
        return record
    }

    /// The first column of every row.
    ///
    /// - Throws: ``StoreError``.
    public func values<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self, owner: Owner) throws(StoreError) -> [V]
    {
        try all(sql, as: SingleColumn<V>.self, owner: owner).map(\.value)
    }

    /// The first column of the first row; nil when there is no row.
    ///
    /// - Throws: ``StoreError``.
    public func value<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self, owner: Owner) throws(StoreError) -> V? {
        try first(sql, as: SingleColumn<V>.self, owner: owner)?.value
    }
}

extension Session {
    /// Every row as a record.
    ///
    /// - Throws: ``StoreError``.
    public func all<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> [R] {
        try all(sql, as: type, owner: owner)
    }

    /// The first row as a record; nil when there is none. Further rows are not read.
    ///
    /// - Throws: ``StoreError``.
    public func first<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> R? {
        try first(sql, as: type, owner: owner)
    }

    /// The first row as a record. Further rows are not read.
    ///
    /// - Throws: ``StoreError``, of kind `.mismatch` when there is no row.
    public func one<R: Record>(_ sql: SQL, as type: R.Type = R.self) throws(StoreError) -> R {
        try one(sql, as: type, owner: owner)
    }

    /// The first column of every row.
    ///
    /// - Throws: ``StoreError``.
    public func values<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self) throws(StoreError) -> [V] {
        try values(sql, as: type, owner: owner)
    }

    /// The first column of the first row; nil when there is no row.
    ///
    /// - Throws: ``StoreError``.
    public func value<V: SQLConvertible>(_ sql: SQL, as type: V.Type = V.self) throws(StoreError) -> V? {
        try value(sql, as: type, owner: owner)
    }
}

/// A row of which only the first column is wanted.
private struct SingleColumn<V: SQLConvertible>: Record {
    let value: V
    init(row: borrowing Row) throws(StoreError) { value = try row.get(at: 0) }
}
