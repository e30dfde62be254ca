import PluginAPI

/// One entry of the audit log, as it is read.
struct AuditLine: Described {
    var number: Int
    var timestamp: Instant
    var tenant: String
    var plugin: String
    var userId: PersonID?
    var onBehalfOf: PersonID?
    var action: String
    var subject: AuditSubject
    var outcome: String
    var address: String?
    var userAgent: String?
    var requestId: String
    var details: JSON

    static let schema = Schema.object(
        Self.init(
            number:timestamp:tenant:plugin:userId:onBehalfOf:action:subject:outcome:address:userAgent:requestId:details:
        ),
        Field("number", \.number, .int(1...(1 << 53)), note: "Its place in the log, from 1."),
        Field("timestamp", \.timestamp, Instant.schema),
        Field("tenant", \.tenant, .string(1...40)),
        Field("plugin", \.plugin, .string(1...40), note: "In whose name it was done."),
        Field("userId", \.userId, .optional(PersonID.schema), note: "Who did it; null for strangers and the host."),
        Field("onBehalfOf", \.onBehalfOf, .optional(PersonID.schema), note: "The account acted for."),
        Field("action", \.action, .string(1...200)),
        Field("subject", \.subject, AuditSubject.schema),
        Field("outcome", \.outcome, .string(1...40)),
        Field("address", \.address, .optional(.string(0...100))),
        Field("userAgent", \.userAgent, .optional(.string(0...400))),
        Field("requestId", \.requestId, .string(0...128)),
        Field("details", \.details, .openObject, note: "Further facts; before and after, where something changed."))
}

/// What an entry is about.
struct AuditSubject: Described {
    var kind: String
    var id: String
    static let schema = Schema.object(
        Self.init(kind:id:), Field("kind", \.kind, .string(0...100)), Field("id", \.id, .string(0...1000)))
}

extension AuditLine {
    init(_ row: AuditRow, tenant: String) {
        let details = (try? JSONDocument(Array(row.details.utf8)))?.root.tree ?? [:]
        self.init(
            number: row.number, timestamp: Instant(microseconds: row.at), tenant: tenant, plugin: row.plugin,
            userId: row.person, onBehalfOf: row.onBehalfOf, action: row.action,
            subject: AuditSubject(kind: row.subjectKind, id: row.subjectID), outcome: row.outcome,
            address: row.address, userAgent: row.userAgent, requestId: row.requestID,
            details: details.members == nil ? ["value": details] : details)
    }
}
