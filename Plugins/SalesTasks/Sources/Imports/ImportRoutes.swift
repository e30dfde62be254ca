internal import PluginAPI

extension SalesTasks {
    static let importRoutes: [Route<Self>] = [
        .post(
            "/admin/tasks/add-tasks", .asynchronous(Self.addTask), needs: .permission(.writeTasks),
            refuses: [ImportRefusal.self], notTransactionalBecause: streamed,
            "Makes a task and imports its customers; rows that are wrong are told, the others kept."),
        .post(
            "/admin/tasks/{id}/imports", .asynchronous(Self.addCustomers), needs: .permission(.writeTasks),
            refuses: [ImportRefusal.self, TaskRefusal.self], notTransactionalBecause: streamed,
            "Imports more customers into a task: the mended rows of a reject file, or others."),
        .get(
            "/admin/imports/{id}", .reading(Self.importStatus), needs: .permission(.readTasks),
            "What came of an import."),
        .get(
            "/admin/imports/{id}/rejects.csv", .reading(Self.rejectFile), needs: .permission(.readTasks),
            "The rows that were not taken, as they came, with their errors: to be mended and imported again."),
    ]

    private static let streamed = "a file is kept in several transactions; Idempotency-Key is honoured all the same"

    /// `POST /admin/tasks/add-tasks`
    func addTask(_ form: NewTaskForm, _ call: Call<Member>) async throws -> TaskMade {
        let (person, now) = (call.caller.id, call.now)
        let begun = try await call.store.write { tx in
            try begin(ImportStart(form.customersFile, form.key), by: person, tx) { id in
                let mistakes = try tx.mistakes(in: form.assignedSalesReps, field: "assignedSalesReps")
                guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
                try tx.add(form.facts, id: id, state: .active, isReady: false, by: person, at: now)
                try tx.assign(form.assignedSalesReps, to: id)
                return id
            }
        }
        if begun.isNew {
            try await importing(form.customersFile, begun, call) { tx in
                try tx.addScripts(form.script, generates: form.generateScript, of: begun.task, by: person)
                guard form.generateScript, settings.scriptModel != nil else { return }
                // What it writes waits for somebody's approval; until then the template's words are there.
                _ = try tx.start(
                    Self.drafting, ScriptWanted(taskId: begun.task, wantedBy: person), for: person)
            }
        }
        return try await call.store.read { tx in
            guard let row = try tx.importRow(begun.id) else { throw Problem.notFound }
            let task = try tx.task(named: row.task)
            return TaskMade(
                taskId: task.id, title: task.title, createdAt: task.createdAt,
                generatedScript: try tx.generatedScript(of: task.id),
                assignedReps: try tx.dealt(task.id, import: row.id), customerData: try tx.customerData(of: row))
        }
    }

    /// `POST /admin/tasks/{id}/imports`
    func addCustomers(_ form: MoreCustomersForm, _ call: Call<Member>) async throws -> ImportShown {
        let person = call.caller.id
        let begun = try await call.store.write { tx in
            try begin(ImportStart(form.customersFile, form.key, task: form.id), by: person, tx) { _ in
                let task = try tx.task(named: form.id)
                guard task.state != .archived, task.state != .completed else { throw TaskRefusal.over }
                return task.id
            }
        }
        if begun.isNew { try await importing(form.customersFile, begun, call) { _ in } }
        return try await call.store.read { tx in try shown(begun.id, tx) }
    }

    /// `GET /admin/imports/{id}`
    func importStatus(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ImportShown {
        try shown(named.id, tx)
    }

    private func shown(_ id: String, _ tx: borrowing ReadTransaction) throws -> ImportShown {
        guard let row = try tx.importRow(id) else { throw Problem.notFound }
        return ImportShown(
            importId: row.id, taskId: row.task, fileName: row.fileName, state: row.state,
            customerData: try tx.customerData(of: row), createdAt: row.createdAt, finishedAt: row.finishedAt)
    }

    /// Reads the file, and makes everything of it visible at once; what fails on the way is taken back.
    private func importing(
        _ file: Upload, _ begun: ImportBegun, _ call: Call<Member>,
        finally more: @escaping @Sendable (borrowing Transaction) throws -> Void
    ) async throws {
        do {
            var work = CustomerImport(
                begun.id, into: begun.task, store: call.store, zones: settings.callingZones, otherwise: call.tenant.zone
            )
            let outcome = try await work.run(file)
            try await call.store.write { tx in
                try finish(begun, outcome, tx)
                try more(tx)
            }
        } catch {
            // Soon and not in an hour. If even this fails, that hour's job does it.
            try? await call.store.write { tx in
                try tx.schedule(Self.discard, at: tx.now, key: begun.id, ImportNamed(id: begun.id))
            }
            throw error
        }
    }
}

/// Why a file is not imported.
enum ImportRefusal: Refusal {
    case stillRunning

    var problem: Problem {
        switch self {
        case .stillRunning:
            Problem(
                409, "RESOURCE_CONFLICT", "An import with this Idempotency-Key is still running.", retryAfter: 1)
        }
    }
}
