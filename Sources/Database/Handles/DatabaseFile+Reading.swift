internal import StoreAPI
internal import Synchronization

extension DatabaseFile {
    /// Runs a read on a connection that its caller has for itself.
    ///
    /// - Parameter now: by the monotonic clock; the time limit counts from there.
    func read<T>(
        on connection: Connection, as owner: Owner, at now: Int64, _ body: (ReadSession) throws -> T
    ) throws -> T {
        refresh(connection)
        connection.timeLimit.set(now + readTime)
        let session = ReadSession(owner: owner, connection: connection)
        defer {
            if connection.timeLimit.hasFired { counters.interruptions.add(1, ordering: .relaxed) }
            connection.timeLimit.set(nil)  // first, since the limit must not interrupt the COMMIT
            session.end()
        }
        return try body(session)
    }

    /// Opens a connection that counts in the budget but lies in no place, so that it is not closed for another one.
    func openOutsidePlaces(_ role: Connection.Role) throws(StoreError) -> Connection {
        registry.reserve()
        do throws(StoreError) {
            return try open(role)
        } catch {
            registry.release()
            throw error
        }
    }

    func closeOutsidePlaces(_ connection: Connection) {
        registry.release()
        close(connection)
    }
}
