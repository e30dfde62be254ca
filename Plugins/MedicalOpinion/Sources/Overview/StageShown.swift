internal import PluginAPI

/// A stretch of time in one stage, as customers see it.
struct StageShown: Described {
    let stage: JourneyStage
    let startDate: Instant
    let endDate: Instant?
    /// In words, as the seed has it: `1 day`, `7 months`.
    let duration: String
    let durationDays: Int
    let milestones: [MilestoneType]

    static let schema = Schema<StageShown>.object(
        StageShown.init(stage:startDate:endDate:duration:durationDays:milestones:), Field("stage", \.stage, .oneOf),
        Field("startDate", \.startDate, Instant.schema), Field("endDate", \.endDate, .optional(Instant.schema)),
        Field("duration", \.duration, .string(1...64)), Field("durationDays", \.durationDays, .tally),
        Field("milestones", \.milestones, .list(.oneOf)))

    init(
        stage: JourneyStage, startDate: Instant, endDate: Instant?, duration: String, durationDays: Int,
        milestones: [MilestoneType]
    ) {
        self.stage = stage
        self.startDate = startDate
        self.endDate = endDate
        self.duration = duration
        self.durationDays = durationDays
        self.milestones = milestones
    }

    init(_ span: StageSpan, at now: Instant) {
        let days = max(0, span.start.days(to: span.end ?? now))
        self.init(
            stage: span.stage, startDate: span.start, endDate: span.end, duration: Self.words(days: days),
            durationDays: days, milestones: span.milestones)
    }

    /// Whole days, months of thirty days, or years of 365; what is shorter than a day is less than one.
    static func words(days: Int) -> String {
        func plural(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        if days < 1 { return "less than a day" }
        if days < 30 { return plural(days, "day") }
        return days < 365 ? plural(days / 30, "month") : plural(days / 365, "year")
    }
}

/// A milestone, as customers see it (seed 000 §4.1).
struct MilestoneShown: Described {
    let id: String
    let type: MilestoneType
    let title: String
    let description: String
    let date: Instant
    let icon: String
    let celebrated: Bool

    static let schema = Schema<MilestoneShown>.object(
        MilestoneShown.init(id:type:title:description:date:icon:celebrated:), Field("id", \.id, .string(1...64)),
        Field("type", \.type, .oneOf), Field("title", \.title, .string(1...200)),
        Field("description", \.description, .string(1...300)), Field("date", \.date, Instant.schema),
        Field("icon", \.icon, .string(1...32)), Field("celebrated", \.celebrated, .bool))
}

extension MilestoneShown {
    init(_ milestone: Milestone) {
        let type = milestone.type
        self.init(
            id: milestone.id, type: type, title: type.title, description: type.description, date: milestone.date,
            icon: type.icon, celebrated: milestone.celebrated)
    }
}
