internal import PluginAPI

/// The widgets there are, by their ids.
enum DashboardWidget: String, CaseIterable, Sendable {
    case casesOverview = "cases_overview"
    case gettingStarted = "getting_started"
    case healthInsights = "health_insights"
    case educationalContent = "educational_content"
    case recentMessages = "recent_messages"
    case activityTimeline = "activity_timeline"
    case milestones

    private var type: String {
        switch self {
        case .casesOverview: "cases_summary"
        case .gettingStarted: "getting_started"
        case .healthInsights: "health_score"
        case .educationalContent: "content_recommendations"
        case .recentMessages: "messages"
        case .activityTimeline: "timeline"
        case .milestones: "milestones"
        }
    }

    func shown(at position: Int, _ persona: PersonaType?, _ state: JourneyState) -> DashboardAnswer.Widget {
        DashboardAnswer.Widget(
            id: rawValue, type: type, position: position, size: position == 1 ? "large" : "medium",
            config: config(persona, state))
    }

    private func config(_ persona: PersonaType?, _ state: JourneyState) -> JSON {
        let isDetailed = persona == .informedAdvocator
        switch self {
        case .casesOverview:
            return [
                "showProfessionalDetails": .bool(isDetailed), "showTimelineView": .bool(persona != .cautiousResearcher),
                "defaultView": isDetailed ? "detailed" : persona == .techSavvyOptimizer ? "compact" : "simple",
            ]
        case .healthInsights:
            return ["showTrends": true, "showRecommendations": .bool(persona != .techSavvyOptimizer)]
        case .educationalContent:
            let types = persona?.traits.preferences.contentTypes ?? ["educational"]
            // The specialty of most of their cases; of two alike the first by name.
            let specialty = state.cases.specialties.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            return [
                "contentTypes": .array(types.map { .string($0) }),
                "personalizedTo": specialty.map { .string($0.lowercased()) } ?? .null,
            ]
        case .gettingStarted:
            return [
                "steps": .array(
                    [
                        ("complete_profile", state.count(.profileCompleted) > 0),
                        ("submit_case", state.cases.submitted > 0),
                    ].map { step, isDone in ["id": .string(step), "done": .bool(isDone)] })
            ]
        case .recentMessages: return ["showPreview": .bool(persona != .cautiousResearcher)]
        case .activityTimeline: return ["limit": isDetailed ? 20 : 10]
        case .milestones: return ["showUncelebrated": .bool(state.milestones.contains { !$0.celebrated })]
        }
    }
}
