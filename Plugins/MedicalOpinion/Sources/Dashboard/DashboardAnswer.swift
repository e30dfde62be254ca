internal import PluginAPI

/// What a customer's first page shows (seed 000 §5.2).
struct DashboardAnswer: Described {
    let layout: String
    let widgets: [Widget]
    let quickActions: [QuickAction]

    static let schema = Schema<DashboardAnswer>.object(
        DashboardAnswer.init(layout:widgets:quickActions:), Field("layout", \.layout, .word),
        Field("widgets", \.widgets, .list(Widget.schema)),
        Field("quickActions", \.quickActions, .list(QuickAction.schema)))

    struct Widget: Described {
        let id: String
        let type: String
        let position: Int
        let size: String
        let config: JSON

        static let schema = Schema<Widget>.object(
            Widget.init(id:type:position:size:config:), Field("id", \.id, .word), Field("type", \.type, .word),
            Field("position", \.position, .int(1...100)), Field("size", \.size, .word),
            Field("config", \.config, .openObject))
    }

    struct QuickAction: Described {
        let id: String
        let label: String
        let icon: String
        let priority: Int
        let personalized: Bool
        let context: String?

        static let schema = Schema<QuickAction>.object(
            QuickAction.init(id:label:icon:priority:personalized:context:), Field("id", \.id, .word),
            Field("label", \.label, .string(1...100)), Field("icon", \.icon, .word),
            Field("priority", \.priority, .int(1...100)), Field("personalized", \.personalized, .bool),
            .leftOutWhenNil("context", \.context, .optional(.string(1...200))))
    }
}

extension DashboardAnswer {
    /// - Parameter rules: the company's own, by the words of personas.
    init(
        _ state: JourneyState, _ persona: PersonaType?, _ predictions: Predictions, _ rules: [String: DashboardRule]
    ) {
        let rule = rules[persona?.rawValue ?? "standard"]
        let ids = rule?.widgets ?? Self.widgets(of: persona, state)
        self.init(
            layout: rule?.layout ?? Self.layout(of: persona),
            widgets: ids.enumerated().compactMap { place, id in
                DashboardWidget(rawValue: id)?.shown(at: place + 1, persona, state)
            },
            quickActions: QuickActions.all(state, persona, predictions))
    }

    private static func layout(of persona: PersonaType?) -> String {
        switch persona {
        case .informedAdvocator: "detailed_grid"
        case .cautiousResearcher: "simple_list"
        case .techSavvyOptimizer: "compact_grid"
        case nil: "standard_grid"
        }
    }

    private static func widgets(of persona: PersonaType?, _ state: JourneyState) -> [String] {
        // Whoever has no case yet is shown how to begin, and not an empty list of cases.
        let first: DashboardWidget = state.cases.submitted > 0 ? .casesOverview : .gettingStarted
        let rest: [DashboardWidget] =
            switch persona {
            case .informedAdvocator: [.healthInsights, .educationalContent, .recentMessages, .activityTimeline]
            case .cautiousResearcher: [.educationalContent, .recentMessages, .milestones]
            case .techSavvyOptimizer: [.activityTimeline, .recentMessages, .healthInsights]
            case nil: [.recentMessages, .educationalContent]
            }
        return ([first] + rest).map(\.rawValue)
    }
}
