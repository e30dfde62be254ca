internal import PluginAPI

/// The answer of `POST /admin/tasks/add-tasks` (seed 004).
struct TaskMade: Described {
    let taskId: String
    let title: String
    let createdAt: Instant
    let generatedScript: String?
    let assignedReps: [DealtRepresentative]
    let customerData: CustomerData

    static let schema = Schema<TaskMade>.object(
        TaskMade.init(taskId:title:createdAt:generatedScript:assignedReps:customerData:),
        Field("taskId", \.taskId, .id), Field("title", \.title, .string(1...200)),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("generatedScript", \.generatedScript, .optional(.string(0...20_000))),
        Field("assignedReps", \.assignedReps, .list(DealtRepresentative.schema)),
        Field("customerData", \.customerData, CustomerData.schema))
}

/// A representative with the customers that were dealt to them.
struct DealtRepresentative: Described {
    let salesId: PersonID
    let name: String
    let assignedCustomers: Int

    static let schema = Schema<DealtRepresentative>.object(
        DealtRepresentative.init(salesId:name:assignedCustomers:), Field("salesId", \.salesId, PersonID.schema),
        Field("name", \.name, .string(0...201)), Field("assignedCustomers", \.assignedCustomers, .count))
}

/// What came of a customers' file (seed 004).
struct CustomerData: Described {
    let importId: String
    let totalCustomers: Int
    let validEntries: Int
    let invalidEntries: [InvalidEntry]

    static let schema = Schema<CustomerData>.object(
        CustomerData.init(importId:totalCustomers:validEntries:invalidEntries:),
        Field("importId", \.importId, .id), Field("totalCustomers", \.totalCustomers, .count, note: "Rows of the file"),
        Field("validEntries", \.validEntries, .count, note: "Rows that are in the task's queue"),
        Field("invalidEntries", \.invalidEntries, .list(InvalidEntry.schema)))
}

/// A row that was not taken; the header is row 1.
struct InvalidEntry: Described {
    let rowNumber: Int
    let errors: [String]

    static let schema = Schema<InvalidEntry>.object(
        InvalidEntry.init(rowNumber:errors:), Field("rowNumber", \.rowNumber, .count),
        Field("errors", \.errors, .list(.string(1...500))))
}

/// How an import stands.
struct ImportShown: Described {
    let importId: String
    let taskId: String
    let fileName: String
    let state: ImportState
    let customerData: CustomerData
    let createdAt: Instant
    let finishedAt: Instant?

    static let schema = Schema<ImportShown>.object(
        ImportShown.init(importId:taskId:fileName:state:customerData:createdAt:finishedAt:),
        Field("importId", \.importId, .id), Field("taskId", \.taskId, .id),
        Field("fileName", \.fileName, .string(0...255)), Field("state", \.state, .oneOf),
        Field("customerData", \.customerData, CustomerData.schema), Field("createdAt", \.createdAt, Instant.schema),
        Field("finishedAt", \.finishedAt, .optional(Instant.schema)))
}

extension Reading where Self: ~Copyable {
    /// What came of a file, as clients see it.
    borrowing func customerData(of row: ImportRow) throws(StoreError) -> CustomerData {
        CustomerData(
            importId: row.id, totalCustomers: row.rows, validEntries: row.kept,
            invalidEntries: try rejects(of: row.id).map { InvalidEntry(rowNumber: $0.row, errors: $0.errors) })
    }

    /// Everybody to whom customers of a task are dealt, or who is assigned to it, with how many.
    borrowing func dealt(_ task: String, import importID: String?) throws(StoreError) -> [DealtRepresentative] {
        var filter: SQL = "task_id = \(task)"
        if let importID { filter = "import_id = \(importID)" }
        var counts: [String: Int] = [:]
        try forEach("SELECT owner, count(*) FROM salestasks_work WHERE" + filter + "GROUP BY owner") {
            (row: borrowing Row) throws(StoreError) in
            counts[try row.get(at: 0)] = try row.get(at: 1) as Int
        }
        var list: [DealtRepresentative] = []
        for person in try representatives(of: task) {
            list.append(
                DealtRepresentative(
                    salesId: person.id, name: try name(of: person.id),
                    assignedCustomers: counts[person.id.rawValue] ?? 0))
        }
        return list
    }
}
