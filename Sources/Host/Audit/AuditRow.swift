import Crypto
import PluginAPI

/// One row of the audit log, as it is stored and as it is hashed.
struct AuditRow: Record {
    let number: Int
    let at: Int64
    let plugin: String
    let person: PersonID?
    let onBehalfOf: PersonID?
    let action: String
    let subjectKind: String
    let subjectID: String
    let outcome: String
    let address: String?
    let userAgent: String?
    let requestID: String
    /// JSON text.
    let details: String

    init(number: Int, _ entry: AuditEntry, _ origin: Origin) {
        self.number = number
        at = origin.now.microseconds
        plugin = origin.plugin
        person = origin.person
        onBehalfOf = origin.onBehalfOf
        action = entry.action
        subjectKind = entry.subject.kind
        subjectID = entry.subject.id
        outcome = entry.outcome.rawValue
        address = origin.address
        userAgent = origin.boundedUserAgent
        requestID = origin.requestID
        details = Self.details(entry, origin).text
    }

    /// The entry's facts, with the API key that was used among them.
    private static func details(_ entry: AuditEntry, _ origin: Origin) -> JSON {
        guard let key = origin.apiKey, case .object(var members) = entry.details else { return entry.details }
        members["apiKey"] = .string(key)
        return .object(members)
    }

    init(row: borrowing Row) throws(StoreError) {
        number = try row.get("number")
        at = try row.get("at")
        plugin = try row.get("plugin")
        person = try row.get("person_id")
        onBehalfOf = try row.get("on_behalf_of")
        action = try row.get("action")
        subjectKind = try row.get("subject_kind")
        subjectID = try row.get("subject_id")
        outcome = try row.get("outcome")
        address = try row.get("address")
        userAgent = try row.get("user_agent")
        requestID = try row.get("request_id")
        details = try row.get("details")
    }

    /// SHA-256 over the hash before and the row's fields as a JSON array: no two rows have the same text, since every
    /// string in it is quoted and escaped.
    func hash(after previous: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(appendingTo: previous)
        writer.beginArray()
        writer.value(number)
        writer.value(at)
        let fields = [
            plugin, person?.rawValue, onBehalfOf?.rawValue, action, subjectKind, subjectID, outcome, address, userAgent,
            requestID, details,
        ]
        for field in fields {
            if let field { writer.value(field) } else { writer.null() }
        }
        writer.endArray()
        return SHA256.hash(writer.bytes).bytes
    }
}

extension Origin {
    /// The user agent, cut to what is worth keeping: a client may send a very long one with every request.
    var boundedUserAgent: String? { userAgent.map { String($0.prefix(400)) } }
}
