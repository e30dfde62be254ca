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

    /// Whether the step kept to its owner's prefix.
    ///
    /// - Throws: ``StoreError`` of kind `.denied` when it did not, `.constraint` when rows point to nothing.
    func check(against before: Set<Object>) throws(StoreError) {
        let difference = try objectsOfOthers().symmetricDifference(before)
        if let object = difference.min(by: { $0.name < $1.name }) {
            throw StoreError(.denied, "\(object.type) \(object.name) is outside \(owner.prefix)…")
        }
        for object in try objects() where isOwn(object) {
            switch object.type {
            case "table":
                try checkForeignKeys(of: object.name)
                try compile(object.name, writes: object.sql?.lowercased().hasPrefix("create virtual") != true)
            case "view": try compile(object.name, writes: false)
            default: break
            }
        }
        try checkRows()
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
        let name =
            "\"" + table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        try compile("SELECT * FROM \(name)")
        guard writes else { return }
        try compile("DELETE FROM \(name)")
        try compile("INSERT INTO \(name) DEFAULT VALUES")
        let columns = try connection.rows(
            internal: "SELECT name FROM pragma_table_xinfo(\(table)) WHERE hidden = 0"
        ) { row throws(StoreError) in try row.get(at: 0, as: String.self) }
        let quoted = columns.map {
            "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        guard !quoted.isEmpty else { return }
        try compile("UPDATE \(name) SET " + quoted.map { "\($0) = \($0)" }.joined(separator: ", "))
    }

    private func compile(_ text: String) throws(StoreError) {
        _ = try Statement(
            text, owner: owner, permit: Permit(mode: .writing, prefix: owner.prefixBytes), isCached: false,
            on: connection)
    }

    private func checkRows() throws(StoreError) {
        let orphans = try connection.rows(internal: "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1") {
            row throws(StoreError) in try row.get(at: 0, as: String.self)
        }
        if let table = orphans.first {
            throw StoreError(.constraint("FOREIGN KEY"), "rows of \(table) point to rows that do not exist")
        }
    }
}
