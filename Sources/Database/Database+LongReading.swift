internal import Glibc
internal import StoreAPI
internal import Synchronization

/// What one slice of a long read comes to.
public enum Slice<State: Sendable>: Sendable {
    /// There is more to read, from here.
    case next(State)
    /// All is read.
    case done(State)
}

extension Database {
    /// Reads much on a connection of its own, in slices with a fresh snapshot each, so that the log can be emptied in
    /// between and no event loop is held up. For exports and rebuilding.
    ///
    /// - Parameters:
    ///   - owner: in whose name the statements run.
    ///   - start: what the first slice is given, e.g. the smallest key.
    ///   - slice: one slice, run on a thread for it, for at most the configured time of a read (250 ms): it reads from
    ///     where the last one ended.
    /// - Returns: the state of the last slice.
    /// - Throws: what `slice` throws, and ``StoreError``.
    public func longRead<State: Sendable>(
        as owner: Owner, from start: State,
        _ slice: @escaping @Sendable (ReadSession, State) throws -> Slice<State>
    ) async throws -> State {
        guard enterLongRead() else { throw StoreError(.closed, "the database is closed") }
        defer { leaveLongRead() }
        let connection = try await onLongReadThread { [file] in
            try file.openOutsidePlaces(.reader)
        }
        var state = start
        do {
            while true {
                guard isOpen else { throw StoreError(.closed, "the database is closing") }
                let from = state
                let result = try await onLongReadThread { [file] in
                    try file.read(on: connection, as: owner, at: MonotonicClock.now()) { try slice($0, from) }
                }
                switch result {
                case .next(let next): state = next
                case .done(let end):
                    await closeLongRead(connection)
                    return end
                }
            }
        } catch {
            await closeLongRead(connection)
            throw error
        }
    }

    /// Copies the database as it is at this moment into a new file, which is on disk when this returns.
    ///
    /// Writes go on meanwhile. The copy is compact and needs no log.
    ///
    /// - Parameter path: absolute; the file does not exist, its folder does.
    /// - Throws: ``StoreError`` of kind `.misuse` when the file exists, `.full`, `.inputOutput`, `.closed`.
    public func backup(to path: String) async throws {
        guard enterLongRead() else { throw StoreError(.closed, "the database is closed") }
        defer { leaveLongRead() }
        try await onLongReadThread { [file] in
            guard access(path, F_OK) != 0 else { throw StoreError(.misuse, "\(path) exists already") }
            let connection = try file.openOutsidePlaces(.backup)
            defer { file.closeOutsidePlaces(connection) }
            do throws(StoreError) {
                try connection.copy(to: path)
                try FileSystem.synchronize(path)
                try FileSystem.synchronize(FileSystem.folder(of: path))
            } catch {
                unlink(path)
                throw error
            }
        }
    }

    private func closeLongRead(_ connection: Connection) async {
        do {
            try await onLongReadThread { [file] in file.closeOutsidePlaces(connection) }
        } catch {
            file.closeOutsidePlaces(connection)  // too many wait for the thread
        }
    }

    private func onLongReadThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            do throws(StoreError) {
                try longReading.submit { continuation.resume(with: Result { try work() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
