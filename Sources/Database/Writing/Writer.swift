internal import StoreAPI
internal import Synchronization

/// What the host does with the notes of a group on the writer's thread, after the members ran and before the group
/// commits; throwing loses the group.
public typealias GroupHook = @Sendable (_ notes: [any Sendable]) throws -> Void

/// Writes to one database: one commit group for each turn on one of the writer threads.
final class Writer: TurnTaker {
    let place = HandlePlace()
    let queue: WriteQueue
    let pool: TurnPool
    private let file: DatabaseFile
    private let groupHook: GroupHook?
    private let upkeep: Mutex<LogUpkeep>

    init(file: DatabaseFile, pool: TurnPool, groupHook: GroupHook?) {
        self.file = file
        self.pool = pool
        self.groupHook = groupHook
        queue = WriteQueue(configuration: file.configuration, counters: file.counters)
        upkeep = Mutex(LogUpkeep(configuration: file.configuration))
    }

    /// Puts an item in the queue.
    ///
    /// - Throws: ``StoreError`` of kind `.overloaded` or `.closed`.
    func submit(_ item: WriteItem) throws(StoreError) {
        switch queue.admit(item) {
        case .refused(let error): throw error
        case .waits(isFirst: true): pool.enqueue(self)
        case .waits(isFirst: false): break
        }
    }

    func takeTurn() -> Bool {
        if queue.takeIdleCheck() {
            checkIdle()
            return queue.endTurn()
        }
        let connection: Connection
        do throws(StoreError) {
            connection = try takeConnection()
        } catch {
            for item in queue.popAll() { item.fail(error) }
            return queue.endTurn()
        }
        if let work = queue.popExclusive() {
            work.run(connection)
        } else {
            CommitGroup(file: file, connection: connection, hook: groupHook).run { queue.popMember() }
        }
        if connection.isIdle, !connection.isSpoiled {
            if upkeep.withLock({ $0.afterTurn(connection, counters: file.counters) }) {
                pool.enqueue(
                    IdleCheck(writer: self), at: MonotonicClock.now() + file.configuration.idleTime.nanoseconds)
            }
            place.putBack(connection)
        } else {
            discard(connection)
        }
        return queue.endTurn()
    }

    private func takeConnection() throws(StoreError) -> Connection {
        // Twice, since the budget may close a handle between opening and taking it.
        for _ in 0..<8 {
            switch place.take() {
            case .connection(let connection):
                place.lastUsed.store(MonotonicClock.now(), ordering: .relaxed)
                file.refresh(connection)
                return connection
            case .empty: try file.open(.writer, into: place)
            case .lent: throw StoreError(.busy, "the writer is in use")
            case .shut: throw StoreError(.closed, "the database is closed")
            }
        }
        throw StoreError(.overloaded, "the handle budget closes the writer as fast as it opens")
    }

    /// Closes a connection that is stuck in a transaction or spoiled.
    private func discard(_ connection: Connection) {
        file.registry.forget(place)
        place.putBack(nil)
        file.close(connection)
    }

    /// Empties the log of a database nobody has written to for a while.
    private func checkIdle() {
        guard case .connection(let connection) = place.take() else {
            // Closed in the meantime: the next write opens it and asks for a check again.
            return upkeep.withLock { $0.forgetIdleCheck() }
        }
        let next = upkeep.withLock { $0.whenIdle(connection, counters: file.counters) }
        if let next { pool.enqueue(IdleCheck(writer: self), at: next) }
        place.putBack(connection)
    }
}

/// Brings a writer back in line after some time without writes.
final class IdleCheck: TurnTaker {
    private let writer: Writer
    init(writer: Writer) { self.writer = writer }

    func takeTurn() -> Bool {
        if writer.queue.askIdleCheck() { writer.pool.enqueue(writer) }
        return false
    }
}
