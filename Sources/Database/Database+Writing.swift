internal import StoreAPI

extension Database {
    /// Writes as one transaction: all of it or nothing, on disk when it returns.
    ///
    /// The closure runs on a writer's thread, in one commit with writes of others, each of which can fail alone. It may
    /// run a second time, so it must have no effect outside the session.
    ///
    /// - Parameters:
    ///   - owner: in whose name its statements run.
    ///   - budget: what it may use; the configured one when nil.
    ///   - body: the statements; what it throws undoes them and is thrown here.
    /// - Throws: what `body` throws, and ``StoreError``: `.overloaded` when too many writes wait, `.overBudget`,
    ///   `.full`, `.inputOutput`, `.closed`.
    public func write<T: Sendable>(
        as owner: Owner, budget: WriteBudget? = nil, _ body: @escaping @Sendable (WriteSession) throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let write = Write(owner: owner, budget: budget ?? file.configuration.writeBudget, body: body) {
                continuation.resume(with: $0)
            }
            do throws(StoreError) { try writer.submit(.member(write)) } catch { write.fail(error) }
        }
    }

    /// The same, blocking the thread until it is on disk: for a group hook of another database, never for an event
    /// loop.
    ///
    /// - Throws: as ``write(as:budget:_:)``, and ``StoreError`` of kind `.misuse` unless the database has its own
    ///   writer: writers that wait for each other would wait for ever.
    public func writeAndWait<T: Sendable>(
        as owner: Owner, budget: WriteBudget? = nil, _ body: @escaping @Sendable (WriteSession) throws -> T
    ) throws -> T {
        guard hasOwnWriter else { throw StoreError(.misuse, "only a database with its own writer can be waited for") }
        let latch = Latch<T>()
        let write = Write(owner: owner, budget: budget ?? file.configuration.writeBudget, body: body) { latch.set($0) }
        try writer.submit(.member(write))
        return try latch.wait()
    }
}
