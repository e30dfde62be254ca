internal import PluginAPI

/// What a new task says of itself.
struct TaskFacts: Described {
    let title: String
    let description: String
    let uniqueProposition: String
    let priority: Priority
    let deadline: Instant?
    let metadata: TaskMetadata

    static let schema = Schema<TaskFacts>.object(
        TaskFacts.init(title:description:uniqueProposition:priority:deadline:metadata:),
        Field("title", \.title, .string(1...200)), Field("description", \.description, .string(1...1000)),
        Field("uniqueProposition", \.uniqueProposition, .string(1...2000)),
        Field("priority", \.priority, .oneOf, default: .medium),
        Field("deadline", \.deadline, .optional(Instant.schema)),
        Field("metadata", \.metadata, TaskMetadata.schema, default: .empty))
}

extension Transaction {
    /// Keeps a task.
    ///
    /// - Parameter isReady: false while its customers are imported: nobody sees it before.
    borrowing func add(
        _ facts: TaskFacts, id: String, state: TaskState, isReady: Bool, by person: PersonID, at now: Instant
    ) throws(StoreError) {
        try run(
            """
            INSERT INTO salestasks_task (id, title, description, proposition, priority, deadline, state,
                expected_minutes, target_percent, skills, is_ready, created_by, created_at, updated_at)
            VALUES (\(id), \(facts.title), \(facts.description), \(facts.uniqueProposition), \(facts.priority.rank),
                \(facts.deadline?.microseconds), \(state), \(facts.metadata.expectedCallDuration),
                \(facts.metadata.targetConversionRate), \(TextList.text(facts.metadata.requiredSkills)), \(isReady),
                \(person), \(now.microseconds), \(now.microseconds))
            """)
    }

    /// Assigns representatives to a task, beside those it has.
    borrowing func assign(_ people: [PersonID], to task: String) throws(StoreError) {
        for person in people {
            try run(
                """
                INSERT INTO salestasks_task_rep (rep_id, task_id) VALUES (\(person), \(task)) ON CONFLICT DO NOTHING
                """)
        }
    }
}

extension Reading where Self: ~Copyable {
    /// The mistakes in a list of people who should be representatives.
    borrowing func mistakes(in people: [PersonID], field: String) throws(StoreError) -> [Mistake] {
        var mistakes: [Mistake] = []
        for (index, person) in people.enumerated() where try representative(person)?.isActive != true {
            mistakes.append(Mistake([.name(field), .index(index)], .notAllowed, "is not a representative"))
        }
        return mistakes
    }
}
