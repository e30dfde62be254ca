internal import PluginAPI

/// An import that is asked for.
struct ImportStart: Sendable {
    let fileName: String
    let key: String?
    /// The task it goes into; nil for one that it makes.
    let task: String?

    init(_ file: Upload, _ key: String?, task: String? = nil) {
        fileName = file.fileName
        self.key = key
        self.task = task
    }
}

/// An import that has begun, or the one that was asked for before under the same key.
struct ImportBegun: Sendable {
    let id: String
    let task: String
    let isNew: Bool
}

extension SalesTasks {
    static let discard = JobName<ImportNamed>("discard-import")

    /// Notes that an import begins. Should the process end in its middle, a job takes back what is there of it.
    ///
    /// - Parameter prepare: makes or checks the task whose id it is given.
    func begin(
        _ start: ImportStart, by person: PersonID, _ tx: borrowing Transaction,
        _ prepare: (String) throws -> String
    ) throws -> ImportBegun {
        if let key = start.key, let known = try tx.importRow(by: person, key: key) {
            guard start.task.map({ $0 == known.task }) ?? known.makesTask else {
                throw Problem(422, "VALIDATION_ERROR", "This Idempotency-Key was used with another body.")
            }
            guard known.state == .done else { throw ImportRefusal.stillRunning }
            return ImportBegun(id: known.id, task: known.task, isNew: false)
        }
        let task = try prepare(tx.newID("tsk"))
        let id = tx.newID("imp")
        try tx.run(
            """
            INSERT INTO salestasks_import (id, task_id, file_name, state, makes_task, caller, key, created_at)
            VALUES (\(id), \(task), \(start.fileName), 'running', \(start.task == nil), \(person), \(start.key),
                \(tx.now.microseconds))
            """)
        try tx.schedule(Self.discard, at: tx.now + .seconds(3600), key: id, ImportNamed(id: id))
        return ImportBegun(id: id, task: task, isNew: true)
    }

    /// Makes an import visible: its customers are dealt, its task can be seen.
    func finish(_ begun: ImportBegun, _ outcome: ImportOutcome, _ tx: borrowing Transaction) throws {
        try tx.unschedule(Self.discard, key: begun.id)
        try tx.run("UPDATE salestasks_task SET is_ready = 1 WHERE id = \(begun.task)")
        let task = try tx.task(named: begun.task)
        try tx.deal(begun.id, of: task)
        try tx.run(
            """
            UPDATE salestasks_import SET state = 'done', header = \(TextList.text(outcome.header)),
                rows = \(outcome.rows), kept = \(outcome.kept), rejected = \(outcome.rejected.count),
                finished_at = \(tx.now.microseconds) WHERE id = \(begun.id)
            """)
        let people = try tx.representatives(of: task.id).map(\.id)
        let subject = task.subject(people)
        try tx.audit(
            AuditEntry(
                "customers.imported", on: subject,
                details: [
                    "importId": .string(begun.id), "rows": .integer(Int64(outcome.rows)),
                    "kept": .integer(Int64(outcome.kept)), "rejected": .integer(Int64(outcome.rejected.count)),
                ]))
        guard outcome.kept > 0, task.state == .active else { return }
        try tx.publish(
            TaskUpdated(
                taskId: task.id, updateType: .newCustomer, payload: ["customers": .integer(Int64(outcome.kept))]),
            about: subject, to: .holders(of: .readTasks))
    }

    /// Takes back an import that did not come to its end, some rows at a time.
    func discardImport(_ named: ImportNamed, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        guard let row = try tx.importRow(named.id), row.state != .done else { return }
        let most = 1000
        try tx.run("UPDATE salestasks_import SET state = 'discarded', key = NULL WHERE id = \(row.id)")
        let work = try tx.run(
            """
            DELETE FROM salestasks_work WHERE seq IN
            (SELECT seq FROM salestasks_work WHERE import_id = \(row.id) AND state = 'importing' LIMIT \(most))
            """)
        let unused: SQL = """
            seq IN (SELECT c.seq FROM salestasks_customer c WHERE c.import_id = \(row.id)
                AND NOT EXISTS (SELECT 1 FROM salestasks_work w WHERE w.customer_seq = c.seq)
                AND NOT EXISTS (SELECT 1 FROM salestasks_call l WHERE l.customer_seq = c.seq)
                ORDER BY c.seq LIMIT \(most))
            """
        try tx.unindex(customers: unused)
        let customers = try tx.run("DELETE FROM salestasks_customer WHERE" + unused)
        guard work < most, customers < most else {
            try tx.schedule(Self.discard, at: tx.now, key: row.id, named)
            return
        }
        try tx.run("DELETE FROM salestasks_reject WHERE import_id = \(row.id)")
        if row.makesTask {
            try tx.run("DELETE FROM salestasks_task_rep WHERE task_id = \(row.task)")
            try tx.run("DELETE FROM salestasks_task WHERE id = \(row.task) AND is_ready = 0")
        }
    }
}

extension Reading where Self: ~Copyable {
    /// The import that somebody asked for under a key.
    fileprivate borrowing func importRow(by person: PersonID, key: String) throws(StoreError) -> ImportRow? {
        try first("SELECT * FROM salestasks_import WHERE caller = \(person) AND key = \(key)")
    }
}

/// Which import a job is about.
struct ImportNamed: Described {
    let id: String
    static let schema = Schema<ImportNamed>.object(ImportNamed.init(id:), Field("id", \.id, .id))
}
