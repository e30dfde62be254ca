internal import CSQLite

/// Answers SQLite's question "may this be compiled?" from a list of what may; everything else may not.
///
/// It is installed once per connection: installing another one expires every prepared statement. Which permit is in
/// force is a field, set around prepare and around step, because SQLite prepares again after a change of the schema.
final class Authorizer {
    /// The permit in force; without one nothing is allowed.
    var permit: Permit?
    private let functions: Set<String>

    init(functions: SQLFunctions) { self.functions = functions.names }

    /// Installs it; it must live as long as the connection.
    func install(on handle: OpaquePointer) {
        sqlite3_set_authorizer(
            handle,
            { context, action, first, second, database, _ in
                guard let context else { return SQLITE_DENY }
                let authorizer = Unmanaged<Authorizer>.fromOpaque(context).takeUnretainedValue()
                return authorizer.allows(Request(action, first, second, database)) ? SQLITE_OK : SQLITE_DENY
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// One question, with the names as SQLite gives them.
    struct Request {
        let action: Int32
        let first: UnsafePointer<CChar>?
        let second: UnsafePointer<CChar>?
        let database: UnsafePointer<CChar>?

        init(
            _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?,
            _ database: UnsafePointer<CChar>?
        ) {
            (self.action, self.first, self.second, self.database) = (action, first, second, database)
        }
    }

    private func allows(_ request: Request) -> Bool {
        guard let permit else { return false }
        if permit.mode == .trusted { return true }
        let isAllowed =
            permit.mode == .migrating && allowsSchema(request, permit) || allowsData(request, permit)
        if !isAllowed { permit.refusal = Self.describe(request) }
        return isAllowed
    }

    private func allowsData(_ request: Request, _ permit: Permit) -> Bool {
        switch request.action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: true
        case SQLITE_READ: allowsRead(request, permit)
        // Asked, with the row id below, whenever a virtual table is declared to SQLite, even for reading; nobody else
        // can name the table, and SQLite would not change it.
        case SQLITE_UPDATE where Self.text(request.first) == "sqlite_master": true
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            permit.mayWrite && Self.isMain(request.database) && permit.owns(request.first)
        case SQLITE_FUNCTION: Self.text(request.second).map { functions.contains($0.lowercased()) } ?? false
        // FTS5 asks for it when it reads; it tells nothing.
        case SQLITE_PRAGMA: Self.text(request.first) == "data_version" && request.second == nil
        default: false
        }
    }

    private func allowsRead(_ request: Request, _ permit: Permit) -> Bool {
        guard let name = Self.text(request.first) else { return false }
        if permit.owns(request.first) { return request.database == nil || Self.isMain(request.database) }
        if name == "sqlite_master" { return Self.text(request.second) == "ROWID" }
        if name == "json_each" || name == "json_tree" { return true }
        // `SELECT count(*) FROM x` names x without a column, and x may be a common table expression.
        guard let column = request.second, column.pointee == 0, request.database == nil else { return false }
        if permit.isPreparing { permit.otherNames.insert(name) }
        return permit.otherNames.contains(name)
    }
}
