internal import PluginAPI

extension SalesTasks {
    static let scriptRoutes: [Route<Self>] = [
        .get(
            "/admin/tasks/{id}/scripts", .reading(Self.scripts), needs: .permission(.readScripts),
            "The versions of a task's script, the newest first."),
        .post(
            "/admin/tasks/{id}/scripts", .transactional(Self.addScript), needs: .permission(.writeScripts),
            "A new version, as a draft: written, or made of the task's own words."),
        .get(
            "/admin/scripts/{id}", .reading(Self.script), needs: .permission(.readScripts), "One version of a script."),
        .post(
            "/admin/scripts/{id}/approve", .transactional(Self.approveScript), needs: .permission(.writeScripts),
            status: 200, "From now on this version is read to customers."),
    ]

    /// `GET /admin/tasks/{id}/scripts`
    func scripts(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> [Script] {
        let task = try tx.task(named: named.id)
        return try tx.all(
            "SELECT * FROM salestasks_script WHERE task_id = \(task.id) ORDER BY version DESC LIMIT 200")
    }

    /// `POST /admin/tasks/{id}/scripts`
    func addScript(_ new: NewScript, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Script {
        let task = try tx.task(named: new.id)
        guard (new.text == nil) == new.generate else {
            throw Problem.invalid("text", .missing, "is required, unless generate is true; not both")
        }
        let id = try tx.addScript(
            new.text ?? ScriptTemplate.text(task), new.text == nil ? .template : .written, of: task.id,
            by: call.caller.id)
        guard let script = try tx.scriptVersion(id) else { throw Problem.notFound }
        return script
    }

    /// `GET /admin/scripts/{id}`
    func script(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Script {
        guard let script = try tx.scriptVersion(named.id) else { throw Problem.notFound }
        return script
    }

    /// `POST /admin/scripts/{id}/approve`
    func approveScript(_ named: Named, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Script {
        guard try tx.scriptVersion(named.id) != nil else { throw Problem.notFound }
        try tx.approve(named.id, by: call.caller.id)
        guard let script = try tx.scriptVersion(named.id) else { throw Problem.notFound }
        return script
    }
}

/// The input of `POST /admin/tasks/{id}/scripts`.
struct NewScript: Described {
    let id: String
    let text: String?
    let generate: Bool

    static let schema = Schema<NewScript>.object(
        NewScript.init(id:text:generate:), Field("id", \.id, .id, in: .path),
        Field("text", \.text, .optional(.string(1...20_000))),
        Field("generate", \.generate, .bool, default: false, note: "Makes it of the task's own words"))
}
