import Database
import PluginAPI

/// Runs the jobs of one tenant that are due, each in a transaction of its own together with its removal.
struct JobRunner: Sendable {
    let runtime: TenantRuntime
    let log: any Log

    private static let batch = 32
    /// When work that is done outside of a transaction comes again, if this process does not get to its end.
    private static let lease = Duration.seconds(600)

    /// - Returns: how many jobs were tried.
    func runDue(now: Instant) async throws -> Int {
        let due = try await runtime.database.write(as: .host) {
            try JobTable.due(at: now, limit: Self.batch, HostWriter($0))
        }
        for job in due { try await run(job, now: now) }
        return due.count
    }

    /// Runs a job that was due when it was looked for.
    func run(_ job: JobRow, now: Instant) async throws {
        do {
            if job.plugin == Owner.host.id {
                try await runOwn(job, now: now)
            } else {
                try await runPlugins(job, now: now)
            }
        } catch let error as StoreError where error.kind == .closed || error.kind == .overloaded {
            throw error
        } catch {
            log.write(.error, "a job failed", ["plugin": job.plugin, "job": job.name, "error": "\(error)"])
            let next = rule(of: job)?.next(after: now)
            try await runtime.database.write(as: .host) {
                try JobTable.fail(job, "\(error)", next: next, now: now, HostWriter($0))
            }
        }
    }

    /// The rule of a repeating job; nil for the others.
    private func rule(of job: JobRow) -> Rule? {
        if job.plugin == Owner.host.id { return HostJob.all.first { $0.name == job.name }.flatMap(\.rule) }
        guard let (position, plugin) = runtime.plugin(job.plugin) else { return nil }
        return runtime.definitions[position].jobs.firstIndex { $0.name == job.name }.flatMap { plugin.rule(ofJob: $0) }
    }

    private func runOwn(_ job: JobRow, now: Instant) async throws {
        guard let own = HostJob.all.first(where: { $0.name == job.name }) else {
            return try await forget(job)
        }
        let moment = HostJob.Moment(tenant: runtime.tenant.slug, settings: runtime.settings.values, now: now)
        switch own.work {
        case .within(let work):
            try await runtime.database.write(as: .host) { session in
                let host = HostWriter(session)
                guard try JobTable.claim(job, now: now, host) != nil else { return }
                // First, so that the work can ask for itself again.
                try JobTable.finish(job, next: own.rule?.next(after: now), host)
                try work(moment, host)
            }
        case .apart(let work, let next):
            let end = now + Self.lease
            let isOurs = try await runtime.database.write(as: .host) {
                try JobTable.lease(job, until: end, now: now, HostWriter($0))
            }
            guard isOurs else { return }
            try await work(moment, runtime.files)
            try await runtime.database.write(as: .host) { session in
                let host = HostWriter(session)
                try JobTable.settle(job, leasedUntil: end, next: try next(host), host)
            }
        }
    }

    private func runPlugins(_ job: JobRow, now: Instant) async throws {
        guard let (position, plugin) = runtime.plugin(job.plugin),
            let number = runtime.definitions[position].jobs.firstIndex(where: { $0.name == job.name })
        else { return try await forget(job) }
        let runtime = runtime
        try await runtime.database.write(as: runtime.owners[position]) { session in
            let host = HostWriter(session)
            // Between looking and now it may have been asked for anew, with another payload.
            guard let job = try JobTable.claim(job, now: now, host) else { return }
            try JobTable.finish(job, next: plugin.rule(ofJob: number)?.next(after: now), host)
            let origin = Origin(plugin: job.plugin, requestID: job.requestID, now: now)
            let context = WorkContext(tenant: runtime.tenant, requestID: job.requestID, attempt: job.attempts + 1)
            let backend = PluginWriteBackend(
                session, owner: runtime.owners[position], plugin: runtime.definitions[position], origin: origin)
            try plugin.run(
                job: number, try JSONDocument(job.payload), Transaction(backend: backend, now: now), context)
        }
    }

    /// The plugin is gone or no longer knows the job.
    private func forget(_ job: JobRow) async throws {
        log.write(.warning, "a job nobody knows was dropped", ["plugin": job.plugin, "job": job.name])
        try await runtime.database.write(as: .host) { try JobTable.finish(job, next: nil, HostWriter($0)) }
    }
}
