internal import StoreAPI

/// Looks at the schema a step has left, since the authorizer is not asked about everything: not about the new name of
/// a renamed table, nor about what foreign keys, views and triggers will reach for later.
struct SchemaCheck {
    let connection: Connection
    let owner: Owner

    /// One table, index, trigger or view.
    struct Object: Hashable {
        let type: String
        let name: String
        let table: String
        let sql: String?
    }

    /// Everything that is not the owner's.
    func objectsOfOthers() throws(StoreError) -> Set<Object> {
        Set(try objects().filter { !isOwn($0) && !$0.name.hasPrefix("sqlite_") })
    }

    /// Whether the steps kept to their owner's prefix.
    ///
    /// - Throws: ``StoreError`` of kind `.denied` when they did not.
    func check(against before: Set<Object>) throws(StoreError) {
        let difference = try objectsOfOthers().symmetricDifference(before)
        if let object = difference.min(by: { $0.name < $1.name }) {
            throw StoreError(.denied, "\(object.type) \(object.name) is outside \(owner.prefix)…")
        }
        for table in try connection.rows(
            internal: "SELECT name, type FROM pragma_table_list WHERE schema = 'main'",
            { row throws(StoreError) in
                (name: try row.get(at: 0, as: String.self), type: try row.get(at: 1, as: String.self))
            })
        where hasPrefix(table.name) {
            switch table.type {
            case "table":
                try checkForeignKeys(of: table.name)
                try compile(table.name, writes: true)
            case "view": try compile(table.name, writes: true)
            case "virtual": try compile(table.name, writes: false)
            default: break  // the tables behind a virtual table
            }
        }
    }

    private func objects() throws(StoreError) -> [Object] {
        try connection.rows(internal: "SELECT type, name, tbl_name, sql FROM sqlite_schema") { row throws(StoreError) in
            Object(
                type: try row.get(at: 0), name: try row.get(at: 1), table: try row.get(at: 2), sql: try row.get(at: 3))
        }
    }

    private func isOwn(_ object: Object) -> Bool {
        guard hasPrefix(object.table) else { return false }
        return hasPrefix(object.name) || object.name.hasPrefix("sqlite_autoindex_")
    }

    private func hasPrefix(_ name: String) -> Bool { name.lowercased().hasPrefix(owner.prefix) }

    private func checkForeignKeys(of table: String) throws(StoreError) {
        let parents = try connection.rows(
            internal: "SELECT \"table\" FROM pragma_foreign_key_list(\(table))"
        ) { row throws(StoreError) in try row.get(at: 0, as: String.self) }
        if let parent = parents.first(where: { !hasPrefix($0) }) {
            throw StoreError(.denied, "\(table) has a foreign key to \(parent): keys do not cross a prefix")
        }
    }

    /// Compiles, in the owner's name, the statements that bring in views and triggers.
    private func compile(_ table: String, writes: Bool) throws(StoreError) {
        let name = Self.quoted(table)
        try compile("SELECT * FROM \(name)")
        guard writes else { return }
        try compile("DELETE FROM \(name)")
        try compile("INSERT INTO \(name) DEFAULT VALUES")
        let columns = try connection.rows(
            internal: "SELECT name FROM pragma_table_xinfo(\(table)) WHERE hidden = 0"
        ) { row throws(StoreError) in Self.quoted(try row.get(at: 0, as: String.self)) }
        guard !columns.isEmpty else { return }
        try compile("UPDATE \(name) SET " + columns.map { "\($0) = \($0)" }.joined(separator: ", "))
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Only what is denied matters: a view need not take rows, and a trigger may be for a table to come.
    private func compile(_ text: String) throws(StoreError) {
        let permit = Permit(mode: .writing, prefix: owner.prefixBytes)
        do throws(StoreError) {
            _ = try Statement(text, owner: owner, permit: permit, isCached: false, on: connection)
        } catch  where error.kind == .denied {
            throw error
        } catch {}
    }

    /// Whether every foreign key points to a row.
    ///
    /// - Throws: ``StoreError`` of kind `.constraint` when one does not.
    func checkRows() throws(StoreError) {
        let orphans = try connection.rows(internal: "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1") {
            row throws(StoreError) in try row.get(at: 0, as: String.self)
        }
        if let table = orphans.first {
            throw StoreError(.constraint("FOREIGN KEY"), "rows of \(table) point to rows that do not exist")
        }
    }
}
