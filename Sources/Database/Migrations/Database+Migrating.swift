internal import StoreAPI
internal import Synchronization

extension Database {
    /// Brings an owner's schema to the newest version: applies the steps that were not yet, each in a transaction.
    ///
    /// - Parameters:
    ///   - owner: whose tables; a step reaches no others.
    ///   - steps: all steps there ever were, oldest first.
    /// - Returns: the ids of the steps applied now.
    /// - Throws: ``MigrationError``, which names the step; ``StoreError`` when the database cannot be written to.
    @discardableResult
    public func migrate(_ owner: Owner, _ steps: [MigrationStep]) async throws -> [String] {
        try await exclusively { [file] connection in
            let migrator = Migrator(connection: connection, owner: owner)
            let version = try migrator.check(steps)
            guard version < steps.count else { return [] }
            defer {
                // Every connection forgets the statements it prepared before.
                file.schemaGeneration.add(1, ordering: .releasing)
                file.noteCommit()
                file.refresh(connection)
                // Making tables has brought the whole file into the cache.
                connection.trim()
            }
            return try migrator.apply(steps[version...])
        }
    }

    /// Runs something on the writer's connection between two groups.
    private func exclusively<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let work = ExclusiveWork { connection in
                continuation.resume(with: Result { try body(connection) })
            } fail: { error in
                continuation.resume(throwing: error)
            }
            do throws(StoreError) { try writer.submit(.exclusive(work)) } catch { continuation.resume(throwing: error) }
        }
    }
}
