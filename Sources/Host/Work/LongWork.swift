import Database
import PluginAPI
import Synchronization
import Workers

/// Runs one long job of an open tenant, on threads for them.
struct LongWork: TenantTurn {
    let runtime: TenantRuntime
    /// Names this run of the host.
    let runner: String
    let threads: WorkerExecutor
    let log: any Log

    func run(clock: any TimeSource) async throws {
        let (now, runner) = (clock.now, runner)
        let claimed = try await runtime.database.write(as: .host) {
            try LongJobTable.claim(by: runner, now: now, HostWriter($0))
        }
        guard let job = claimed else { return }
        guard let (position, plugin) = runtime.plugin(job.plugin),
            let number = runtime.definitions[position].longJobs.firstIndex(where: { $0.name == job.record.name })
        else {
            log.write(.warning, "a long job nobody knows was dropped", ["plugin": job.plugin, "job": job.record.name])
            return try await end(job, .failed, error: .unknown, keptFor: .seconds(86_400), clock)
        }
        let keptFor = runtime.definitions[position].longJobs[number].keptFor
        guard job.attempts <= LongJobTable.attemptLimit else {
            return try await end(job, .failed, error: .fault, keptFor: keptFor, clock)
        }
        do {
            let payload = try JSONDocument(job.payload)
            let run = self.run(of: job, position, clock)
            let result = try await withTaskExecutorPreference(threads) {
                try await plugin.run(longJob: number, payload, run)
            }
            try await end(job, .done, result: result, keptFor: keptFor, clock)
        } catch {
            try await settle(job, error, keptFor: keptFor, clock)
        }
    }

    func nextDue(now: Instant) async throws -> Instant? {
        let runner = runner
        return try await runtime.database.write(as: .host) { try LongJobTable.nextDue(by: runner, HostWriter($0)) }
    }

    private func run(of job: LongJobRow, _ position: Int, _ clock: any TimeSource) -> LongRun {
        let (database, id) = (runtime.database, job.record.id)
        let origin = Origin(plugin: job.plugin, requestID: job.requestID, now: clock.now)
        let store = LongStore(
            database: database, owner: runtime.owners[position], plugin: runtime.definitions[position],
            origin: origin, clock: clock)
        let files = LongFiles(files: runtime.files, origin: origin, clock: clock)
        let last = Mutex<ContinuousClock.Instant?>(nil)
        return LongRun(
            id: id, tenant: runtime.tenant, person: job.record.person, requestID: job.requestID, attempt: job.attempts,
            store: store, files: files
        ) { done, total in
            let now = ContinuousClock.now
            let isDue = last.withLock { last in
                if let last, now - last < .milliseconds(500), done < total { return false }
                last = now
                return true
            }
            guard isDue else { return }
            let goesOn = try await database.write(as: .host) {
                try LongJobTable.report(id, done, of: total, HostWriter($0))
            }
            guard goesOn else { throw TakenBack() }
        }
    }

    /// What an error means to the job.
    private func settle(
        _ job: LongJobRow, _ error: any Error, keptFor: Duration, _ clock: any TimeSource
    ) async throws {
        let id = job.record.id
        if error is TakenBack { return try await end(job, .cancelled, keptFor: .seconds(86_400), clock) }
        if error is CancellationError, Task.isCancelled {
            let now = clock.now
            // This task is cancelled, and its last word must be said all the same.
            try await Task { [database = runtime.database] in
                try await database.write(as: .host) {
                    try LongJobTable.putBack(id, at: now, error: nil, HostWriter($0))
                }
            }.value
            return
        }
        if let problem = (error as? any Refusal)?.problem ?? error as? Problem, problem.status < 500 {
            let told = LongJobError(code: problem.code, message: problem.message)
            return try await end(job, .failed, error: told, keptFor: keptFor, clock)
        }
        log.write(.error, "a long job failed", ["plugin": job.plugin, "job": job.record.name, "error": "\(error)"])
        guard job.attempts < LongJobTable.attemptLimit else {
            return try await end(job, .failed, error: .fault, log: "\(error)", keptFor: keptFor, clock)
        }
        let again = clock.now + Backoff.pause(after: job.attempts)
        try await runtime.database.write(as: .host) { session in
            let host = HostWriter(session)
            try LongJobTable.putBack(id, at: again, error: "\(error)", host)
            host.note(LongWorkDue(at: again))
        }
    }

    private func end(
        _ job: LongJobRow, _ state: LongJobState, result: [UInt8]? = nil, error: LongJobError? = nil,
        log: String? = nil, keptFor: Duration, _ clock: any TimeSource
    ) async throws {
        let (id, now) = (job.record.id, clock.now)
        try await runtime.database.write(as: .host) {
            try LongJobTable.finish(
                id, state, result: result, error: error, log: log, keptFor: keptFor, now: now, HostWriter($0))
        }
    }
}

/// The job was taken back while it ran.
private struct TakenBack: Error {}

extension LongJobError {
    fileprivate static let unknown = LongJobError(code: "RESOURCE_GONE", message: "Nothing does this any more.")
    fileprivate static let fault = LongJobError(
        code: "INTERNAL_SERVER_ERROR", message: "Something went wrong on our side.")
}

/// The tables of a plugin for a long job.
private struct LongStore: Store {
    let database: Database
    let owner: Owner
    let plugin: PluginDefinition
    let origin: Origin
    let clock: any TimeSource

    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing ReadTransaction) throws -> T) async throws -> T {
        let (owner, now) = (owner, clock.now)
        let result = try await database.longRead(as: owner, from: T?.none) { session, _ in
            .done(try body(ReadTransaction(source: PluginReadBackend(session, owner: owner), now: now)))
        }
        guard let result else { throw StoreError(.misuse, "a read gave nothing") }
        return result
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        var origin = origin
        origin.now = clock.now
        let (owner, plugin, from) = (owner, plugin, origin)
        return try await database.write(as: owner) { session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: plugin, origin: from)
            return try body(Transaction(backend: backend, now: from.now))
        }
    }
}

/// The tenant's files for a long job.
private struct LongFiles: FileStore {
    let files: TenantFiles
    let origin: Origin
    let clock: any TimeSource

    func add(_ file: IncomingFile) async throws -> StoredFile {
        try await add(file.bytes, named: file.fileName, mediaType: file.mediaType)
    }

    func add(_ bytes: ByteStream, named name: String, mediaType: String) async throws -> StoredFile {
        var origin = origin
        origin.now = clock.now
        return try await files.add(bytes, named: name, declared: mediaType, origin)
    }

    func open(_ id: FileID, version: Int?) async throws -> OpenFile {
        let plugin = origin.plugin
        let found = try await files.database.write(as: .host) {
            try FileTable.find(id, for: plugin, version: version, HostWriter($0))
        }
        guard let found else { throw Problem.notFound }
        return try await files.open(found, requestID: origin.requestID)
    }
}
