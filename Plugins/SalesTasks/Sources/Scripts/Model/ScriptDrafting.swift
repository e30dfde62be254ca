internal import PluginAPI

/// What a draft is made for.
struct ScriptWanted: Described {
    let taskId: String
    let wantedBy: PersonID

    static let schema = Schema<ScriptWanted>.object(
        ScriptWanted.init(taskId:wantedBy:), Field("taskId", \.taskId, .id),
        Field("wantedBy", \.wantedBy, PersonID.schema))
}

/// What came of it.
struct ScriptDrafted: Described {
    let script: Script
    let fallback: ScriptFallback?

    static let schema = Schema<ScriptDrafted>.object(
        ScriptDrafted.init(script:fallback:), Field("script", \.script, Script.schema),
        Field(
            "fallback", \.fallback, .optional(.oneOf),
            note: "Why the draft is the template's; null where the language model wrote it"))
}

extension SalesTasks {
    static let drafting = LongJobName<ScriptWanted, ScriptDrafted>("draft-script")

    static let draftRoutes: [Route<Self>] = [
        .post(
            "/admin/tasks/{id}/scripts/generate", .transactional(Self.startDraft), needs: .permission(.writeScripts),
            status: 202, "Has the company's language model draft a script, or the template where that does not answer."),
        .get(
            "/admin/script-drafts/{id}", .reading(Self.draftStatus), needs: .permission(.writeScripts),
            "How a draft stands, for whoever asked for it."),
    ]

    /// `POST /admin/tasks/{id}/scripts/generate`
    func startDraft(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> LongJobStatus<ScriptDrafted>
    {
        let task = try tx.task(named: named.id)
        return try tx.start(
            Self.drafting, ScriptWanted(taskId: task.id, wantedBy: call.caller.id), for: call.caller.id)
    }

    /// `GET /admin/script-drafts/{id}`
    func draftStatus(_ asked: DraftAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> LongJobStatus<ScriptDrafted>
    {
        guard let status = try tx.status(of: Self.drafting, asked.id, for: call.caller.id) else {
            throw Problem.notFound
        }
        return status
    }

    /// Makes a draft; done again after the end of the process, it finds the one that it made.
    func draftScript(_ wanted: ScriptWanted, _ run: LongRun) async throws -> ScriptDrafted {
        let task = try await run.store.read { tx in try tx.task(named: wanted.taskId) }
        let id = run.id
        if let made = try await run.store.read({ tx in try tx.script(ofJob: id) }) {
            return ScriptDrafted(script: made, fallback: nil)
        }
        let outcome = try await written(for: task)
        return try await run.store.write { tx in
            if let made = try tx.script(ofJob: id) { return ScriptDrafted(script: made, fallback: nil) }
            return try keep(outcome, of: task, wanted, id, tx)
        }
    }

    /// What the model writes.
    private func written(for task: TaskRow) async throws -> Result<String, ScriptFallback> {
        guard let model = settings.scriptModel else { return .failure(.noModel) }
        let answer: PeerAnswer
        do {
            answer = try await peers.send(model.request(for: task))
        } catch let failure as PeerFailure {
            return .failure(failure == .malformed ? .malformed : .unavailable)
        }
        do throws(ScriptFallback) { return .success(try ScriptAnswer.text(answer)) } catch { return .failure(error) }
    }

    private func keep(
        _ outcome: Result<String, ScriptFallback>, of task: TaskRow, _ wanted: ScriptWanted, _ job: LongJobID,
        _ tx: borrowing Transaction
    ) throws -> ScriptDrafted {
        var id: String?, fallback: ScriptFallback?
        switch outcome {
        case .success(let text):
            id = try tx.addScript(
                text, .model, of: task.id, by: wanted.wantedBy, job: job, model: settings.scriptModel?.model)
        case .failure(let reason):
            fallback = reason
            let text = ScriptTemplate.text(task)
            // The template says the same of the same task.
            id = try tx.templateScript(of: task.id, saying: text)
            if id == nil { id = try tx.addScript(text, .template, of: task.id, by: wanted.wantedBy, job: job) }
        }
        guard let id, let script = try tx.scriptVersion(id) else { throw Problem.notFound }
        try tx.audit(
            AuditEntry(
                "script.drafted", on: Subject("script", id: id),
                details: [
                    "taskId": .string(task.id), "wantedBy": .string(wanted.wantedBy.rawValue),
                    "model": script.model.map { .string($0) } ?? .null,
                    "sent": fallback == .noModel
                        ? [] : .array(settings.scriptModel?.sends.map { .string($0.rawValue) } ?? []),
                    "fallback": fallback.map { .string($0.rawValue) } ?? .null,
                ]))
        try tx.notify(
            Notice(
                .scriptDrafted, to: wanted.wantedBy, about: Subject("script", id: id),
                ["task": task.title, "version": "\(script.version)"]))
        return ScriptDrafted(script: script, fallback: fallback)
    }
}

/// The input of `GET /admin/script-drafts/{id}`.
struct DraftAsked: Described {
    let id: LongJobID
    static let schema = Schema<DraftAsked>.object(
        DraftAsked.init(id:), Field("id", \.id, LongJobID.schema, in: .path))
}
