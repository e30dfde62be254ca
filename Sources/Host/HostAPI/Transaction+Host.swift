@_spi(Host) import PluginAPI

extension Transaction {
    /// The host's own tables, and where the change comes from, in this transaction.
    ///
    /// - Throws: what the closure throws; ``StoreError`` in a plugin's transaction, which has no business there.
    borrowing func host<T>(_ body: (HostWriter, Origin) throws -> T) throws -> T {
        try withBackend { backend in
            guard let own = (backend as? PluginWriteBackend)?.hostsOwn else {
                throw StoreError(.misuse, "a plugin's transaction does not lend the host's tables")
            }
            return try body(own.tables, own.origin)
        }
    }
}

extension ReadTransaction {
    /// The same view for functions that read the host's tables. In a plugin's view every statement of theirs is denied.
    borrowing func host<T>(_ body: (HostTables) throws -> T) rethrows -> T {
        try withSource { try body(HostTables(source: $0)) }
    }
}

/// The tables of a view, for the length of a closure.
struct HostTables: Queries {
    fileprivate let source: any ReadBackend

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try source.forEach(sql, body)
    }

    func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try source.forFirst(sql, body)
    }
}
