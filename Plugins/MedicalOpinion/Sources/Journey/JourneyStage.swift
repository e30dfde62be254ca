internal import PluginAPI

/// Where a customer stands (seed 000 §8.2).
enum JourneyStage: String, CaseIterable, Sendable {
    /// Has sent no case yet.
    case onboarding
    case active
    /// Did nothing for a while.
    case inactive
    /// Did nothing for so long that they count as gone.
    case churned
    /// Came back after that; their next case makes them active.
    case reactivated
}

/// A stretch of time in one stage.
struct StageSpan: Described, Equatable {
    let stage: JourneyStage
    let start: Instant
    var end: Instant?
    /// The milestones reached in it.
    var milestones: [MilestoneType]

    static let schema = Schema<StageSpan>.object(
        StageSpan.init(stage:start:end:milestones:), Field("stage", \.stage, .oneOf),
        Field("start", \.start, Instant.schema), Field("end", \.end, .optional(Instant.schema)),
        Field("milestones", \.milestones, .list(.oneOf)))
}
