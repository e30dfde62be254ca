internal import Glibc
internal import StoreAPI

/// Applies one owner's steps to one database, on the writer's connection.
struct Migrator {
    let connection: Connection
    let owner: Owner

    /// Applies the steps that were not applied yet: all in one transaction, since a new database has dozens of them and each
    /// commit waits for the disk. If that fails, one after the other, so that those before the bad one stay.
    ///
    /// - Returns: their ids.
    /// - Throws: ``MigrationError`` or ``StoreError``.
    func apply(_ steps: ArraySlice<MigrationStep>) throws -> [String] {
        // Foreign keys are checked at the end of each step: rebuilding a table drops it while others point to it, and
        // must not carry their rows away. The setting cannot be changed inside a transaction.
        try connection.execute(internal: "PRAGMA foreign_keys = OFF")
        defer {
            do { try connection.execute(internal: "PRAGMA foreign_keys = ON") } catch { connection.isSpoiled = true }
        }
        if steps.count > 1 {
            do {
                try transaction(of: steps)
                return steps.map(\.id)
            } catch  where connection.isSpoiled {
                throw error
            } catch {}  // Which step it was, and why, is found below.
        }
        for step in steps {
            do {
                try transaction(of: [step])
            } catch let error as StoreError {
                throw MigrationError(owner: owner.id, id: step.id, reason: .failed, message: error.message)
            }
        }
        return steps.map(\.id)
    }

    /// Compares what was applied with the list of all steps.
    ///
    /// - Returns: how many steps were applied.
    /// - Throws: ``MigrationError`` or ``StoreError``.
    func check(_ steps: [MigrationStep]) throws -> Int {
        try connection.execute(
            internal: """
                CREATE TABLE IF NOT EXISTS portico_migration (
                    owner TEXT NOT NULL, id TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL,
                    PRIMARY KEY (owner, id)
                ) STRICT
                """)
        var ids: Set<String> = []
        for step in steps where !ids.insert(step.id).inserted {
            throw failure(step.id, .duplicate, "the id occurs twice")
        }
        let applied = try connection.rows(
            internal: "SELECT id, checksum FROM portico_migration WHERE owner = \(owner.id) ORDER BY rowid"
        ) { row throws(StoreError) in (try row.get(at: 0, as: String.self), try row.get(at: 1, as: String.self)) }
        for (index, (id, checksum)) in applied.enumerated() {
            guard index < steps.count, steps[index].id == id else {
                let what = ids.contains(id) ? "it has another place in the list" : "it is not in the list"
                throw failure(id, .missing, "\(id) was applied, but \(what)")
            }
            guard steps[index].checksum == checksum else {
                throw failure(id, .changed, "its text has changed since it was applied")
            }
        }
        return applied.count
    }

    private func failure(_ id: String, _ reason: MigrationError.Reason, _ message: String) -> MigrationError {
        MigrationError(owner: owner.id, id: id, reason: reason, message: message)
    }

    private func transaction(of steps: ArraySlice<MigrationStep>) throws {
        for step in steps { try StatementRules.check(migration: step.sql) }
        try connection.run(.beginImmediate)
        do {
            let schema = SchemaCheck(connection: connection, owner: owner)
            let before = try schema.objectsOfOthers()
            for step in steps {
                try run(step.sql)
                try schema.checkRows()
                try record(step)
            }
            try schema.check(against: before)
            try connection.run(.commit)
        } catch {
            if !connection.isIdle {
                do { try connection.run(.rollBack) } catch { connection.isSpoiled = true }
            }
            throw error
        }
    }

    /// Runs the statements one after the other, each under the owner's permit.
    private func run(_ text: String) throws {
        var rest = text
        while !StatementRules.isBlank(rest) {
            try StatementRules.check(migrationStatement: rest)
            let permit = Permit(mode: .migrating, prefix: owner.prefixBytes)
            var tail = ""
            let statement = try Statement(
                firstOf: rest, tail: &tail, owner: owner, permit: permit, isCached: false, on: connection)
            while try statement.step() {}
            rest = tail
        }
    }

    private func record(_ step: MigrationStep) throws {
        _ = try connection.rows(
            internal: """
                INSERT INTO portico_migration (owner, id, checksum, applied_at)
                VALUES (\(owner.id), \(step.id), \(step.checksum), \(Int(time(nil))))
                """
        ) { _ throws(StoreError) in }
    }
}
