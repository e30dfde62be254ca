import PluginAPI

extension Route<PorticoAPI> {
    static let listJobs = Route.get(
        PorticoAPI.base + "/jobs", .reading(PorticoAPI.listJobs), needs: .permission(.readJobs),
        "The work that waits, runs or has failed, the soonest first.")
    static let getJob = Route.get(
        PorticoAPI.base + "/jobs/{id}", .reading(PorticoAPI.getJob), needs: .permission(.readJobs), "One job.")
    static let retryJob = Route.post(
        PorticoAPI.base + "/jobs/{id}/retry", .transactional(PorticoAPI.retryJob), needs: .permission(.writeJobs),
        status: 200, refuses: [JobRefusal.self], "Lets a job that was given up run again.")
}

/// What the routes about jobs refuse.
enum JobRefusal: Refusal {
    case notDead

    var problem: Problem {
        .conflict("JOB_NOT_DEAD", "Only a job that was given up can be tried again by hand.")
    }
}

/// Which jobs are asked for.
struct JobsAsked: Described {
    var state: JobState?
    var plugin: String?
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(state:plugin:page:limit:),
        Field("state", \.state, .optional(.oneOf), in: .query),
        Field("plugin", \.plugin, .optional(.string(1...100)), in: .query),
        Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 50))
}

/// One job.
struct JobNamed: Described {
    var id: String
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...2000), in: .path))
}

extension PorticoAPI {
    func listJobs(
        _ asked: JobsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>
    ) throws -> Page<JobShown> {
        try tx.host { tables in
            var conditions: [SQL] = ["1 = 1"]
            if let state = asked.state { conditions.append("state = \(state.rawValue)") }
            if let plugin = asked.plugin { conditions.append("plugin = \(plugin)") }
            let filter: SQL = "WHERE" + SQL.joined(conditions, by: " AND ")
            let total = try tables.value("SELECT COUNT(*) FROM (" + JobShown.all + ")" + filter, as: Int.self)
            let jobs = try tables.all(
                "SELECT * FROM (" + JobShown.all + ")" + filter + "ORDER BY at, plugin, name, key"
                    + Paging.rows(page: asked.page, limit: asked.limit), as: JobShown.self)
            return Page(jobs, PageNumbers(page: asked.page, limit: asked.limit, total: total ?? 0))
        }
    }

    func getJob(_ named: JobNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> JobShown {
        try tx.host { tables in
            guard let job = try JobShown.find(named.id, tables) else { throw Problem.notFound }
            return job
        }
    }

    func retryJob(_ named: JobNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> JobShown {
        try tx.host { host, origin in
            guard let job = try JobShown.find(named.id, host) else { throw Problem.notFound }
            guard job.state == .dead else { throw JobRefusal.notDead }
            switch job.kind {
            case .queued: try JobTable.revive(job.name, key: job.key, plugin: job.plugin, now: origin.now, host)
            case .long: try LongJobTable.revive(LongJobID(rawValue: job.id), now: origin.now, host)
            }
            let details: JSON = ["plugin": .string(job.plugin), "job": .string(job.name)]
            try AuditTable.append(
                AuditEntry("job.retried", on: Subject("job", id: job.id), details: details), origin, host)
            guard let now = try JobShown.find(named.id, host) else { throw Problem.notFound }
            return now
        }
    }
}
