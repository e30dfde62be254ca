public import PluginAPI

/// A kind of cases.
public struct CaseType: Described, Sendable, Equatable {
    /// `CIVIL`
    public let code: String
    public let name: String
    /// What numbers of its cases begin with: `CD`.
    public let prefix: String
    /// What its cases go through, in order.
    public let stages: [Stage]

    /// A part of a case's way.
    public struct Stage: Described, Sendable, Equatable {
        public let name: String
        /// What is set as soon as a case enters it.
        public let tasks: [TaskTemplate]

        public static let schema = Schema<Stage>.object(
            Stage.init(name:tasks:), Field("name", \.name, .string(1...100)),
            Field("tasks", \.tasks, .list(TaskTemplate.schema, 0...50), default: []))
    }

    public static let schema = Schema<CaseType>.object(
        CaseType.init(code:name:prefix:stages:),
        Field("code", \.code, .string(1...40), note: "In capital letters: CIVIL"),
        Field("name", \.name, .string(1...100)),
        Field("prefix", \.prefix, .string(1...6), note: "What numbers of its cases begin with"),
        Field("stages", \.stages, .list(Stage.schema, 0...50), default: []))

    /// What a firm has that says nothing else.
    static let usual = [
        CaseType("CIVIL", "Civil disputes", "CD", ["Pleadings", "Discovery", "Trial", "Appeal"]),
        CaseType(
            "INTELLECTUAL_PROPERTY", "Intellectual property", "TR", ["Search", "Filing", "Examination", "Registration"]),
        CaseType("FAMILY", "Family", "FM", ["Filing", "Disclosure", "Settlement", "Hearing"]),
        CaseType("CORPORATE", "Corporate", "CO", ["Diligence", "Drafting", "Signing", "Closing"]),
        CaseType("EMPLOYMENT", "Employment", "EM", ["Claim", "Mediation", "Hearing"]),
        CaseType("REAL_ESTATE", "Real estate", "RE", ["Title", "Contract", "Closing"]),
        CaseType("CRIMINAL", "Criminal defence", "CR", ["Arraignment", "Pretrial", "Trial", "Sentencing"]),
        CaseType("OTHER", "Other", "MT", []),
    ]

    private init(_ code: String, _ name: String, _ prefix: String, _ stages: [String]) {
        self.init(code: code, name: name, prefix: prefix, stages: stages.map { Stage(name: $0, tasks: []) })
    }

    init(code: String, name: String, prefix: String, stages: [Stage]) {
        self.code = code
        self.name = name
        self.prefix = prefix
        self.stages = stages
    }
}
