internal import PluginAPI

extension Transaction {
    /// The scripts of a new task: the one that was given, and the one that is made. The given one is read to customers;
    /// without one, the made one is, since it says nothing but what the task says.
    borrowing func addScripts(_ given: String?, generates: Bool, of task: String, by person: PersonID) throws {
        let given = given.flatMap { $0.isEmpty ? nil : $0 }
        if let given { try approve(try addScript(given, .written, of: task, by: person), by: person) }
        guard generates else { return }
        let id = try addScript(ScriptTemplate.text(try self.task(named: task)), .template, of: task, by: person)
        if given == nil { try approve(id, by: person) }
    }

    /// Keeps the next version of a task's script, as a draft.
    ///
    /// - Parameters:
    ///   - job: the long job that made it, once.
    ///   - model: the language model that wrote it.
    borrowing func addScript(
        _ text: String, _ origin: ScriptOrigin, of task: String, by person: PersonID, job: LongJobID? = nil,
        model: String? = nil
    ) throws(StoreError) -> String {
        let id = newID("scr")
        try run(
            """
            INSERT INTO salestasks_script (id, task_id, version, text, origin, state, created_by, created_at,
                job_id, model)
            VALUES (\(id), \(task),
                (SELECT coalesce(max(version), 0) + 1 FROM salestasks_script WHERE task_id = \(task)), \(text),
                \(origin), 'draft', \(person), \(now.microseconds), \(job?.rawValue), \(model))
            """)
        return id
    }

    /// Makes a version the one that is read to customers.
    borrowing func approve(_ id: String, by person: PersonID) throws(StoreError) {
        try run(
            """
            UPDATE salestasks_script SET state = 'retired' WHERE state = 'approved'
            AND task_id = (SELECT task_id FROM salestasks_script WHERE id = \(id))
            """)
        try run(
            """
            UPDATE salestasks_script SET state = 'approved', approved_by = \(person),
                approved_at = \(now.microseconds) WHERE id = \(id)
            """)
        try audit(AuditEntry("script.approved", on: Subject("script", id: id)))
    }
}

extension Reading where Self: ~Copyable {
    /// A version of a script.
    borrowing func scriptVersion(_ id: String) throws(StoreError) -> Script? {
        try first("SELECT * FROM salestasks_script WHERE id = \(id)")
    }

    /// The version that a long job made.
    borrowing func script(ofJob job: LongJobID) throws(StoreError) -> Script? {
        try first("SELECT * FROM salestasks_script WHERE job_id = \(job.rawValue)")
    }

    /// The id of the version that the template made in these words.
    borrowing func templateScript(of task: String, saying text: String) throws(StoreError) -> String? {
        try value(
            """
            SELECT id FROM salestasks_script WHERE task_id = \(task) AND origin = 'template' AND text = \(text)
            ORDER BY version DESC LIMIT 1
            """)
    }

    /// The newest script of a task that was made for it.
    borrowing func generatedScript(of task: String) throws(StoreError) -> String? {
        try value(
            """
            SELECT text FROM salestasks_script WHERE task_id = \(task) AND origin <> 'written'
            ORDER BY version DESC LIMIT 1
            """)
    }
}
