internal import PluginAPI

/// The language model that drafts scripts, as a company's settings name it: a server that speaks OpenAI's chat completions.
struct ScriptModel: Described, Equatable {
    let endpoint: Peer
    /// The model's name at the server.
    let model: String
    /// What of a task is sent. Nothing of customers can be.
    let sends: [ScriptFact]
    /// What a company wants of all its scripts, in its own words.
    let instructions: String?
    let timeoutSeconds: Int
    /// Sent as `max_tokens` where there is one.
    let maximumTokens: Int?

    static let schema = Schema<ScriptModel>.object(
        ScriptModel.init(endpoint:model:sends:instructions:timeoutSeconds:maximumTokens:),
        Field(
            "endpoint", \.endpoint, Peer.schema,
            note: "Where chat completions are: the part of the address before /chat/completions"),
        Field("model", \.model, .string(1...200), note: "The model's name at the server"),
        Field(
            "sends", \.sends, .list(Schema<ScriptFact>.oneOf, 1...ScriptFact.allCases.count),
            default: [.title, .description, .uniqueProposition],
            note: "What of a task is sent; nothing of customers ever is"),
        .leftOutWhenNil(
            "instructions", \.instructions, .optional(.string(1...4000)), note: "What all scripts should be like"),
        Field("timeoutSeconds", \.timeoutSeconds, .int(1...300), default: 60, note: "How long an answer may take"),
        .leftOutWhenNil(
            "maximumTokens", \.maximumTokens, .optional(.int(1...100_000)), note: "Sent as max_tokens where given"))
}

/// Something of a task that may be sent to a language model.
enum ScriptFact: String, CaseIterable, Sendable {
    case title, description, uniqueProposition, deadline, expectedCallDuration, requiredSkills

    /// What it is for a task; nil where the task has none.
    func value(of task: TaskRow) -> JSON? {
        switch self {
        case .title: .string(task.title)
        case .description: .string(task.description)
        case .uniqueProposition: .string(task.proposition)
        case .deadline: task.deadline.map { .string($0.description) }
        case .expectedCallDuration: task.metadata.expectedCallDuration.map { .number($0) }
        case .requiredSkills:
            task.metadata.requiredSkills.isEmpty
                ? nil : .array(task.metadata.requiredSkills.map { .string($0) })
        }
    }
}
