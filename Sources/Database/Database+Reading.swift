internal import StoreAPI
internal import Synchronization

extension Database {
    /// Reads in one snapshot, on the caller's thread.
    ///
    /// If the slot's reader is not open, it is opened first on another thread.
    ///
    /// - Parameters:
    ///   - slot: the number of the event loop, from 0: each has a connection of its own.
    ///   - owner: in whose name the statements run.
    ///   - body: the statements, for at most the configured time (250 ms).
    /// - Throws: what `body` throws, and ``StoreError``: `.interrupted` after the time limit, `.overloaded`, `.closed`,
    ///   `.busy`, `.inputOutput`.
    public func read<T>(slot: Int, as owner: Owner, _ body: (ReadSession) throws -> T) async throws -> T {
        let place = try reader(slot)
        for _ in 0..<64 {
            switch place.take() {
            case .connection(let connection):
                do {
                    return try read(on: connection, of: place, as: owner, body)
                } catch let error as StoreError where error.kind == .busy {
                    try await openReader(slot: slot)
                }
            case .empty: try await openReader(slot: slot)
            case .lent:
                guard await place.waitUntilFree(capacity: file.configuration.waitingReadsPerDatabase) else {
                    throw StoreError(.overloaded, "too many reads wait")
                }
            case .shut: throw StoreError(.closed, "the database is closed")
            }
        }
        throw StoreError(.busy, "the reader could not be had")
    }

    /// Reads without ever waiting: for the hottest paths of an event loop.
    ///
    /// - Returns: nil when the slot's reader is not open, is in use, or found the file busy; the caller then awaits
    ///   ``openReader(slot:)`` or ``read(slot:as:_:)``, and `body` runs again.
    /// - Throws: as ``read(slot:as:_:)``.
    public func readNow<T>(slot: Int, as owner: Owner, _ body: (ReadSession) throws -> T) throws -> T? {
        let place = try reader(slot)
        switch place.take() {
        case .connection(let connection):
            do {
                return try read(on: connection, of: place, as: owner, body)
            } catch let error as StoreError where error.kind == .busy {
                return nil
            }
        case .empty, .lent: return nil
        case .shut: throw StoreError(.closed, "the database is closed")
        }
    }

    /// Opens a slot's reader on a thread for it; returns at once when it is open.
    ///
    /// - Throws: ``StoreError`` of kind `.overloaded`, `.closed`, `.busy` or `.inputOutput`.
    public func openReader(slot: Int) async throws {
        let place = try reader(slot)
        guard isOpen else { throw StoreError(.closed, "the database is closed") }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let open: @Sendable () -> Void = { [file] in
                do throws(StoreError) {
                    if !place.isOpen { try file.open(.reader, into: place) }
                    continuation.resume()
                } catch {
                    continuation.resume(throwing: error)
                }
            }
            do throws(StoreError) { try opening.submit(open) } catch { continuation.resume(throwing: error) }
        }
    }

    private func reader(_ slot: Int) throws(StoreError) -> HandlePlace {
        guard readers.indices.contains(slot) else { throw StoreError(.misuse, "there is no reader slot \(slot)") }
        return readers[slot]
    }

    private func read<T>(
        on connection: Connection, of place: HandlePlace, as owner: Owner, _ body: (ReadSession) throws -> T
    ) throws -> T {
        let now = MonotonicClock.now()
        place.lastUsed.store(now, ordering: .relaxed)
        if !place.isWatched.load(ordering: .relaxed) { watch(place, from: now) }
        defer {
            if connection.isIdle { place.putBack(connection) } else { discard(connection, of: place) }
        }
        return try file.read(on: connection, as: owner, at: now, body)
    }

    /// Sees to it that the reader gives memory back when it rests. Only who has the connection comes here.
    private func watch(_ place: HandlePlace, from now: Int64) {
        place.isWatched.store(true, ordering: .relaxed)
        let idleTime = file.configuration.idleTime.nanoseconds
        opening.pool.enqueue(ReaderCheck(place, idleTime: idleTime, pool: opening.pool), at: now + idleTime)
    }

    /// Closes a reader that is stuck in a transaction, on a thread for it; the next read opens another one.
    private func discard(_ connection: Connection, of place: HandlePlace) {
        file.registry.forget(place)
        place.putBack(nil)
        let close: @Sendable () -> Void = { [file] in file.close(connection) }
        do throws(StoreError) { try opening.submit(close) } catch { close() }
    }
}
