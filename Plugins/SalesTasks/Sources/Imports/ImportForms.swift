internal import PluginAPI

/// The form of `POST /admin/tasks/add-tasks` (seed 004).
struct NewTaskForm: Described {
    let key: String?
    let title: String
    let description: String
    let script: String?
    let uniqueProposition: String
    let generateScript: Bool
    let assignedSalesReps: [PersonID]
    let priority: Priority
    let deadline: Instant?
    let customersFile: Upload
    let metadata: TaskMetadata

    static let schema = Schema<NewTaskForm>.object(
        NewTaskForm.init(
            key:title:description:script:uniqueProposition:generateScript:assignedSalesReps:priority:deadline:
            customersFile:metadata:),
        Field("Idempotency-Key", \.key, .idempotencyKey, in: .header, note: "The same again makes nothing new"),
        Field("title", \.title, .string(1...200), in: .form),
        Field("description", \.description, .string(1...1000), in: .form),
        Field("script", \.script, .optional(.string(0...20_000)), in: .form),
        Field("uniqueProposition", \.uniqueProposition, .string(1...2000), in: .form),
        Field("generateScript", \.generateScript, .bool, in: .form, default: false),
        Field(
            "assignedSalesReps", \.assignedSalesReps, .list(PersonID.schema, 0...500), in: .form, default: [],
            note: "Nobody means everybody"),
        Field("priority", \.priority, .oneOf, in: .form, default: .medium),
        Field("deadline", \.deadline, .optional(Instant.schema), in: .form),
        Field("customersFile", \.customersFile, .customersFile, in: .form, note: customersFileNote),
        Field("metadata", \.metadata, TaskMetadata.schema, in: .form, default: .empty))

    static let customersFileNote =
        "CSV with the columns name and phone, and if you like email, priority, description, timeZone and more"

    var facts: TaskFacts {
        TaskFacts(
            title: title, description: description, uniqueProposition: uniqueProposition, priority: priority,
            deadline: deadline, metadata: metadata)
    }
}

/// The form of `POST /admin/tasks/{id}/imports`.
struct MoreCustomersForm: Described {
    let id: String
    let key: String?
    let customersFile: Upload

    static let schema = Schema<MoreCustomersForm>.object(
        MoreCustomersForm.init(id:key:customersFile:), Field("id", \.id, .id, in: .path),
        Field("Idempotency-Key", \.key, .idempotencyKey, in: .header, note: "The same again imports nothing new"),
        Field("customersFile", \.customersFile, .customersFile, in: .form, note: NewTaskForm.customersFileNote))
}

extension Schema where Value == Upload {
    /// Seed 004: 10 MB of CSV, under the two names browsers have for it.
    static var customersFile: Schema<Upload> {
        .file(upTo: 10_485_760, types: ["text/csv", "application/vnd.ms-excel"])
    }
}

extension Schema where Value == String? {
    static var idempotencyKey: Schema<String?> { .optional(.string(1...255)) }
}
