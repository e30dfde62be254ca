internal import PluginAPI

extension LegalCases {
    /// Answers a task: the text is kept with it, files become documents of the case.
    func submit(
        _ row: TaskRow, _ answer: TaskToComplete, of matter: Matter, by person: PersonID, isClient: Bool, in zone: Zone,
        _ tx: borrowing Transaction
    ) throws -> TaskRow {
        let moved = try tx.move(row, .submit)
        try tx.run(
            """
            INSERT INTO legalcases_task_answer (task_id, number, text, by_person, at)
            VALUES (\(row.id), (SELECT count(*) + 1 FROM legalcases_task_answer WHERE task_id = \(row.id)),
                \(answer.answer), \(person), \(tx.now.microseconds))
            """)
        if !answer.attachments.isEmpty || !answer.documents.isEmpty, !matter.takesNew { throw TaskRefusal.caseClosed }
        try take(answer.documents, for: row, isClient: isClient, tx)
        var added: [Int] = []
        for (position, id) in answer.attachments.enumerated() {
            added.append(try add(id, at: position, for: row, of: matter, by: person, isClient: isClient, tx))
        }
        if !added.isEmpty { _ = try tx.start(Self.taskTexts, TaskTexts(documents: added), for: nil) }
        try announceMoved(moved, from: row, of: matter, by: person, in: zone, tx)
        return moved
    }

    /// Documents of the case that answer the task too.
    private func take(_ documents: [Int], for row: TaskRow, isClient: Bool, _ tx: borrowing Transaction) throws {
        var mistakes: [Mistake] = []
        for (position, id) in documents.enumerated() {
            let changed = try tx.run(
                """
                UPDATE legalcases_document SET task_id = \(row.id), updated_at = \(tx.now.microseconds)
                WHERE id = \(id) AND matter_id = \(row.matter) AND (origin = 'client' OR NOT \(isClient))
                """)
            if changed == 0 {
                mistakes.append(
                    Mistake(
                        [.name("documents"), .index(position)], .notAllowed,
                        "must be the number of a document that you brought to the case"))
            }
        }
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
    }

    /// An uploaded file as a document.
    private func add(
        _ id: FileID, at position: Int, for row: TaskRow, of matter: Matter, by person: PersonID, isClient: Bool,
        _ tx: borrowing Transaction
    ) throws -> Int {
        let refused = Problem.invalid([
            Mistake(
                [.name("attachments"), .index(position)], .notAllowed,
                "must be the id of a file that was uploaded before and is attached to nothing")
        ])
        guard let file = try tx.file(id), !file.isAttached, file.uploader == person else { throw refused }
        let document = try tx.add(
            NewDocument(
                matter: matter.id, client: matter.client, title: String(file.name.prefix(300)), description: "",
                folder: "", origin: isClient ? .client : .staff, isShown: isClient, task: row.id, by: person, text: ""),
            file)
        guard let added = try tx.document(document) else { throw Problem.fault }
        // The task's own message tells of them.
        try announceUploaded(added, of: matter, by: person, isTold: false, tx)
        return document
    }

    /// Reads the words of files that came with an answer, which its transaction must not wait for.
    static let taskTexts = LongJobName<TaskTexts, Nothing>("read-task-files")
    static let taskTextsJob = LongJob<Self>(taskTexts, keptFor: .seconds(3600), Self.readTexts)

    func readTexts(_ texts: TaskTexts, _ run: LongRun) async throws -> Nothing {
        for (done, id) in texts.documents.enumerated() {
            try await run.report(done, of: texts.documents.count)
            guard let row = try await run.store.read({ tx in try tx.document(id) }) else { continue }
            let text = try await SearchedText.of(run.files.open(row.version.file))
            guard !text.isEmpty else { continue }
            try await run.store.write { tx in
                // A newer version has brought its own words.
                if try tx.document(id)?.version.file == row.version.file { try tx.index(id, text: text) }
            }
        }
        return Nothing()
    }
}

/// Documents whose words are to be read.
struct TaskTexts: Described {
    let documents: [Int]
    static let schema = Schema<TaskTexts>.object(
        TaskTexts.init(documents:), Field("documents", \.documents, .list(.number)))
}
