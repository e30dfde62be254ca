import Database
package import PluginAPI

extension TestHost {
    /// What was published in a tenant, in order.
    package func events(in tenant: String) async throws -> [TestEvent] {
        try await rows("SELECT * FROM portico_event ORDER BY id", as: EventRecord.self, in: tenant).map(\.event)
    }

    /// A tenant's audit log, in order.
    package func audit(in tenant: String) async throws -> [TestAuditEntry] {
        try await rows("SELECT * FROM portico_audit ORDER BY number", as: AuditRow.self, in: tenant).map { row in
            TestAuditEntry(
                plugin: row.plugin, action: row.action, subjectKind: row.subjectKind, subjectID: row.subjectID,
                outcome: row.outcome, person: row.person, onBehalfOf: row.onBehalfOf, address: row.address,
                requestID: row.requestID,
                details: row.details, at: Instant(microseconds: row.at))
        }
    }

    /// What was captured in a tenant, the oldest first.
    package func messages(in tenant: String) async throws -> [TestMessage] {
        try await rows("SELECT * FROM portico_captured ORDER BY number", as: CapturedMessage.self, in: tenant).map {
            TestMessage(channel: $0.channel, to: $0.to, subject: $0.subject, body: $0.body, at: $0.createdAt)
        }
    }

    /// The names and moments of the jobs of a tenant's plugins that wait, the soonest first.
    package func jobs(in tenant: String) async throws -> [(name: String, key: String, at: Instant)] {
        let host = Owner.host.id
        return try await rows(
            "SELECT name, key, at FROM portico_job WHERE state = 'waiting' AND plugin <> \(host) ORDER BY at, name, key",
            as: JobRecord.self, in: tenant
        ).map { ($0.name, $0.key, $0.at) }
    }

    /// Makes every waiting job of this name due now, and does everything that is due.
    ///
    /// - Returns: how many there were.
    package func run(job: String, in tenant: String) async throws -> Int {
        let now = parts.options.clock.now
        let count = try await runtime(tenant).database.write(as: .host) { session in
            let host = HostWriter(session)
            host.note(WorkDue(at: now))
            return try host.run(
                "UPDATE portico_job SET at = \(now.microseconds) WHERE name = \(job) AND state = 'waiting'")
        }
        await work()
        return count
    }

    /// Takes what somebody writes to a tenant's number, as if its provider handed it over.
    ///
    /// - Returns: whether the number is somebody's and the message is new.
    package func take(_ text: String, from sender: String, reference: String, in tenant: String) async throws -> Bool {
        let origin = Origin(plugin: Owner.host.id, requestID: "inbound", now: parts.options.clock.now)
        return try await runtime(tenant).database.write(as: .host) { session in
            try InboundMessages.take(
                text, from: sender, by: .sms, reference: reference, origin, HostWriter(session))
        }
    }

    /// What a plugin shows in the demo, loaded as the demo loads it.
    package func loadDemo(_ data: JSON, of plugin: String, in tenant: String) async throws {
        let runtime = try await runtime(tenant)
        guard let (position, installed) = runtime.plugin(plugin) else { throw Problem.notFound }
        let (owner, definition) = (runtime.owners[position], runtime.definitions[position])
        let origin = Origin(plugin: plugin, requestID: "demo", now: parts.options.clock.now, demo: .present)
        try await runtime.database.write(as: owner) { session in
            let backend = PluginWriteBackend(session, owner: owner, plugin: definition, origin: origin)
            try installed.loadDemo(data, Transaction(backend: backend, now: origin.now))
        }
    }

    /// Whether a plugin's table has these columns, asked in the plugin's own name.
    package func hasColumns(_ columns: [String], of table: String, plugin: String, in tenant: String) async throws
        -> Bool
    {
        let runtime = try await runtime(tenant)
        guard let (position, _) = runtime.plugin(plugin) else { return false }
        let names = ([table] + columns).map {
            $0.utf8.allSatisfy {
                $0 == 0x5F || Character(Unicode.Scalar($0)).isLetter || Character(Unicode.Scalar($0)).isNumber
            }
        }
        guard names.allSatisfy({ $0 }) else { return false }
        let sql = SQL(stringLiteral: "SELECT \(columns.joined(separator: ", ")) FROM \(table) LIMIT 0")
        do {
            try await runtime.database.read(slot: 0, as: runtime.owners[position]) { session in
                try session.forEach(sql) { _ in }
            }
            return true
        } catch let error as StoreError where error.kind == .misuse || error.kind == .denied {
            return false
        }
    }

    private func rows<R: Record & Sendable>(_ sql: SQL, as type: R.Type, in tenant: String) async throws -> [R] {
        try await runtime(tenant).database.read(slot: 0, as: .host) { try HostReader($0).all(sql, as: type) }
    }
}

private struct EventRecord: Record {
    let event: TestEvent

    init(row: borrowing Row) throws(StoreError) {
        event = TestEvent(
            name: try row.get("name"), payload: try row.get("payload"), subjectKind: try row.get("subject_kind"),
            subjectID: try row.get("subject_id"), owner: try row.get("subject_owner"),
            branch: try row.get("subject_branch"), audience: try row.get("audience"),
            at: Instant(microseconds: try row.get("at")))
    }
}

private struct JobRecord: Record {
    let name: String
    let key: String
    let at: Instant

    init(row: borrowing Row) throws(StoreError) {
        name = try row.get("name")
        key = try row.get("key")
        at = Instant(microseconds: try row.get("at"))
    }
}
