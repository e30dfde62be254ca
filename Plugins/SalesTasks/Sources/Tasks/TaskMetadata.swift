internal import PluginAPI

/// What a task measures its calls by (seed 004); an open object, of which the rest is kept as it came.
struct TaskMetadata: Described, Equatable {
    /// Minutes.
    var expectedCallDuration: Double?
    /// Percent.
    var targetConversionRate: Double?
    var requiredSkills: [String]

    static let empty = TaskMetadata(expectedCallDuration: nil, targetConversionRate: nil, requiredSkills: [])

    static let schema = Schema<TaskMetadata>.openObject(
        TaskMetadata.init(expectedCallDuration:targetConversionRate:requiredSkills:),
        Field("expectedCallDuration", \.expectedCallDuration, .optional(.double(0...1440)), note: "In minutes"),
        Field("targetConversionRate", \.targetConversionRate, .optional(.percent), note: "In percent"),
        Field(
            "requiredSkills", \.requiredSkills, .list(.string(1...60), 0...50), default: [],
            note: "Weigh how customers are dealt to representatives"))
}
