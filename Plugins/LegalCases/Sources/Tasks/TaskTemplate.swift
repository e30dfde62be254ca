public import PluginAPI

/// A task that is set when a case enters a stage.
public struct TaskTemplate: Described, Equatable {
    public let title: String
    public let description: String
    public let side: TaskSide
    /// Days from then on; nil without a day.
    public let dueInDays: Int?

    public init(title: String, description: String = "", side: TaskSide = .client, dueInDays: Int? = nil) {
        self.title = title
        self.description = description
        self.side = side
        self.dueInDays = dueInDays
    }

    public static let schema = Schema<TaskTemplate>.object(
        TaskTemplate.init(title:description:side:dueInDays:), Field("title", \.title, .string(1...300)),
        Field("description", \.description, .string(0...5000), default: ""),
        Field("side", \.side, .oneOf, default: .client, note: "Who has to do it"),
        Field("dueInDays", \.dueInDays, .optional(.int(0...3650)), note: "Days from when the case enters the stage"))
}

extension LegalCases {
    /// Sets the tasks of a stage that a case enters. One that the case has from before, and that was not cancelled, is not
    /// set twice.
    func setTasks(
        _ templates: [TaskTemplate], of stage: String, in matter: Matter, by person: PersonID?, _ zone: Zone,
        _ tx: borrowing Transaction
    ) throws {
        let today = zone.day(at: tx.now)
        for template in templates {
            let name = "\(stage)/\(template.title)"
            let known: Int? = try tx.value(
                """
                SELECT 1 FROM legalcases_task WHERE matter_id = \(matter.id) AND template = \(name)
                AND state <> 'cancelled'
                """)
            guard known == nil else { continue }
            _ = try add(
                NewTask(
                    matter: matter.id, client: matter.client, title: template.title, description: template.description,
                    side: template.side, assignee: nil, dueDate: template.dueInDays.map { today + $0 },
                    template: name, by: person), to: matter, in: zone, tx)
        }
    }
}

extension PersonalData {
    /// What tasks hold of people. A client's go with the client; those of a case under hold stay.
    static let tasks: [PersonalData] = [
        PersonalData(
            table: "legalcases_client_task", person: "client_id",
            exported: ["id", "matter_id", "title", "description", "due_date", "state", "created_at"],
            erasure: .keep(because: "They go with their table's rows.")),
        PersonalData(
            table: "legalcases_task", person: "client_id", exported: ["id", "matter_id", "created_at"],
            erasure: .delete),
        PersonalData(
            table: "legalcases_task_answer", person: "by_person", exported: ["task_id", "text", "at", "outcome"],
            erasure: .keep(because: "The answers of a client's tasks go with them; the staff's are the firm's.")),
        PersonalData(
            table: "legalcases_task", person: "assignee", exported: ["id", "matter_id", "title", "state"],
            erasure: .keep(because: "A firm must be able to say who worked on a case.")),
        PersonalData(
            table: "legalcases_task", person: "created_by", exported: ["id", "matter_id", "title", "created_at"],
            erasure: .keep(because: "A firm must be able to say who worked on a case.")),
    ]
}
