import PluginAPI

extension Route<PorticoAPI> {
    static let searchAudit = Route.get(
        PorticoAPI.base + "/audit", .asynchronous(PorticoAPI.searchAudit), needs: .permission(.readAudit),
        "The audit log, the newest entry first. Reading it is an entry too.")
}

/// Which entries are asked for.
struct AuditAsked: Described {
    var from: Instant?
    var to: Instant?
    var userId: PersonID?
    var action: String?
    var subject: String?
    var outcome: AuditEntry.Outcome?
    var page: Int
    var limit: Int

    static let schema = Schema.object(
        Self.init(from:to:userId:action:subject:outcome:page:limit:),
        Field("from", \.from, .optional(Instant.schema), in: .query, note: "At this moment or later."),
        Field("to", \.to, .optional(Instant.schema), in: .query, note: "Before this moment."),
        Field(
            "userId", \.userId, .optional(PersonID.schema), in: .query, note: "Done by, or on behalf of, this person."),
        Field(
            "action", \.action, .optional(.string(1...200)), in: .query,
            note: "An action, or the beginning of several with .* behind: session.*"),
        Field("subject", \.subject, .optional(.string(1...1000)), in: .query, note: "The id of what it is about."),
        Field("outcome", \.outcome, .optional(.oneOf), in: .query),
        Field("page", \.page, Paging.page, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 50))

    /// What an entry must fulfil.
    var filter: SQL {
        var conditions: [SQL] = ["1 = 1"]
        if let from { conditions.append("at >= \(from.microseconds)") }
        if let to { conditions.append("at < \(to.microseconds)") }
        if let userId { conditions.append("(person_id = \(userId) OR on_behalf_of = \(userId))") }
        if let subject { conditions.append("subject_id = \(subject)") }
        if let outcome { conditions.append("outcome = \(outcome.rawValue)") }
        if let action {
            // Everything that begins with it lies between it and it with the next character behind the point.
            conditions.append(
                action.hasSuffix(".*")
                    ? "action >= \(String(action.dropLast())) AND action < \(action.dropLast(2) + "/")"
                    : "action = \(action)")
        }
        return "WHERE" + SQL.joined(conditions, by: " AND ")
    }

    /// What was asked, for the entry about the reading.
    var details: JSON {
        var details: JSON.Members = ["page": .integer(Int64(page))]
        if let from { details["from"] = .string(from.description) }
        if let to { details["to"] = .string(to.description) }
        if let userId { details["userId"] = .string(userId.rawValue) }
        if let action { details["action"] = .string(action) }
        if let subject { details["subject"] = .string(subject) }
        if let outcome { details["outcome"] = .string(outcome.rawValue) }
        return .object(details)
    }
}

extension PorticoAPI {
    func searchAudit(_ asked: AuditAsked, _ call: Call<Member>) async throws -> Page<AuditLine> {
        let tenant = call.tenant.slug
        // Kept first: nobody reads without a trace because keeping it fails afterwards.
        try await call.store.write { tx in
            try tx.audit(AuditEntry("audit.read", on: Subject("audit", id: tenant), details: asked.details))
        }
        return try await call.store.read { tx in
            try tx.host { tables in
                let total = try tables.value("SELECT COUNT(*) FROM portico_audit" + asked.filter, as: Int.self)
                let rows = try tables.all(
                    "SELECT * FROM portico_audit" + asked.filter + "ORDER BY number DESC"
                        + Paging.rows(page: asked.page, limit: asked.limit), as: AuditRow.self)
                return Page(
                    rows.map { AuditLine($0, tenant: tenant) },
                    PageNumbers(page: asked.page, limit: asked.limit, total: total ?? 0))
            }
        }
    }
}
