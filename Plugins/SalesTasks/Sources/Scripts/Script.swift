internal import PluginAPI

/// One version of what representatives read to a task's customers.
struct Script: Described, Record {
    let scriptId: String
    let taskId: String
    let version: Int
    let text: String
    let origin: ScriptOrigin
    let state: ScriptState
    let createdBy: PersonID
    let createdAt: Instant
    let approvedBy: PersonID?
    let approvedAt: Instant?
    let model: String?

    init(
        scriptId: String, taskId: String, version: Int, text: String, origin: ScriptOrigin, state: ScriptState,
        createdBy: PersonID, createdAt: Instant, approvedBy: PersonID?, approvedAt: Instant?, model: String?
    ) {
        self.scriptId = scriptId
        self.taskId = taskId
        self.version = version
        self.text = text
        self.origin = origin
        self.state = state
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
        self.model = model
    }

    init(row: borrowing Row) throws(StoreError) {
        scriptId = try row.get("id")
        taskId = try row.get("task_id")
        version = try row.get("version")
        text = try row.get("text")
        origin = try row.get("origin")
        state = try row.get("state")
        createdBy = try row.get("created_by")
        createdAt = Instant(microseconds: try row.get("created_at"))
        approvedBy = try row.get("approved_by")
        approvedAt = (try row.get("approved_at") as Int64?).instant
        model = try row.get("model")
    }

    static let schema = Schema<Script>.object(
        Script.init(
            scriptId:taskId:version:text:origin:state:createdBy:createdAt:approvedBy:approvedAt:model:),
        Field("scriptId", \.scriptId, .id), Field("taskId", \.taskId, .id), Field("version", \.version, .count),
        Field("text", \.text, .string(0...20_000)), Field("origin", \.origin, .oneOf),
        Field("state", \.state, .oneOf), Field("createdBy", \.createdBy, PersonID.schema),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("approvedBy", \.approvedBy, .optional(PersonID.schema)),
        Field("approvedAt", \.approvedAt, .optional(Instant.schema)),
        Field("model", \.model, .optional(.string(1...200)), note: "The language model that wrote it"))
}

/// Where a script comes from.
enum ScriptOrigin: String, CaseIterable, Sendable, SQLConvertible { case written, template, model }

/// Whether it is read to customers: of each task, one at most.
enum ScriptState: String, CaseIterable, Sendable, SQLConvertible { case draft, approved, retired }
