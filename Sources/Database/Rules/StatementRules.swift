internal import StoreAPI

/// What is refused by its words, before SQLite sees it: the authorizer is not told about these.
enum StatementRules {
    private static let verbs: Set<String> = [
        "select", "with", "values", "insert", "replace", "update", "delete", "explain",
    ]
    private static let migrationVerbs: Set<String> = verbs.union(["create", "drop", "alter"])

    /// Checks one statement of a plugin or of the host.
    ///
    /// - Throws: ``StoreError`` of kind `.denied` or, for text without a statement, `.misuse`.
    static func check(_ text: String) throws(StoreError) {
        var tokens = SQLTokens(text)
        var first: SQLTokens.Token?
        while let token = tokens.next() {
            try check(token)
            first = first ?? token
        }
        try check(verb: first, in: verbs)
    }

    /// Checks the text of a migration, which may hold several statements.
    ///
    /// - Throws: ``StoreError`` of kind `.denied` or `.misuse`.
    static func check(migration text: String) throws(StoreError) {
        var tokens = SQLTokens(text)
        while let token = tokens.next() {
            try check(token)
            if token == .word("deferrable") { throw StoreError(.denied, "deferrable keys fail only at COMMIT") }
        }
    }

    /// Checks the first word of one statement of a migration.
    ///
    /// - Throws: ``StoreError`` of kind `.denied` or `.misuse`.
    static func check(migrationStatement text: String) throws(StoreError) {
        var tokens = SQLTokens(text)
        try check(verb: tokens.next(), in: migrationVerbs)
    }

    /// Whether nothing but spaces, comments and semicolons is left.
    static func isBlank(_ text: String) -> Bool {
        var tokens = SQLTokens(text)
        while let token = tokens.next() {
            if token != .symbol(UInt8(ascii: ";")) { return false }
        }
        return true
    }

    /// `ROLLBACK` in whatever place (`OR ROLLBACK`, `ON CONFLICT ROLLBACK`, `RAISE(ROLLBACK…)`) would undo the whole
    /// commit group, so the word itself is refused; a name of that spelling can be quoted. And the authorizer must let
    /// SQLite itself reach for its tables, so nobody else may name them, in whatever quotes.
    private static func check(_ token: SQLTokens.Token) throws(StoreError) {
        switch token {
        case .symbol(0): throw StoreError(.misuse, "SQL text with a NUL character")
        case .symbol: break
        case .word("rollback"): throw StoreError(.denied, "ROLLBACK would undo other members of a commit group")
        case .word(let name), .quoted(let name):
            if name.hasPrefix("sqlite_") || name.hasPrefix("pragma_") {
                throw StoreError(.denied, "\(name) belongs to SQLite")
            }
        }
    }

    private static func check(verb: SQLTokens.Token?, in allowed: Set<String>) throws(StoreError) {
        guard let verb else { throw StoreError(.misuse, "SQL text without a statement") }
        guard case .word(let word) = verb, allowed.contains(word) else {
            throw StoreError(.denied, "a statement may not begin with \(verb)")
        }
    }
}
