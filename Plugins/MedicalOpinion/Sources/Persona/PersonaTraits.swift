internal import PluginAPI

/// What a persona stands for (seed 000 §5.1, §8.3).
struct PersonaTraits: Sendable {
    let characteristics: PersonaCharacteristics
    let preferences: PersonaPreferences
    let insights: [String]
    let recommendations: PersonaRecommendations
}

extension PersonaType {
    var traits: PersonaTraits {
        switch self {
        case .informedAdvocator:
            PersonaTraits(
                characteristics: PersonaCharacteristics(
                    primaryTraits: ["research_oriented", "quality_focused", "family_centered"],
                    communicationStyle: "detailed", decisionMakingStyle: "collaborative", riskTolerance: "moderate",
                    technologyAdoption: "follower"),
                preferences: PersonaPreferences(
                    informationDepth: "comprehensive", communicationFrequency: "regular",
                    channelPreferences: ["email", "portal", "phone"],
                    contentTypes: ["educational", "comparison", "expert_insights"]),
                insights: [
                    "You value comprehensive information and expert credentials",
                    "You prefer detailed explanations and multiple options",
                ],
                recommendations: PersonaRecommendations(
                    ui: .init(layout: "detailed", navigationStyle: "comprehensive", contentDisplay: "expanded"),
                    communication: .init(tone: "professional", detail_level: "high", frequency: "regular"),
                    features: [
                        "professional_credentials_display", "detailed_case_explanations", "comparison_tools",
                        "educational_resources",
                    ]))
        case .cautiousResearcher:
            PersonaTraits(
                characteristics: PersonaCharacteristics(
                    primaryTraits: ["research_oriented", "careful", "privacy_conscious"],
                    communicationStyle: "visual", decisionMakingStyle: "guided", riskTolerance: "low",
                    technologyAdoption: "laggard"),
                preferences: PersonaPreferences(
                    informationDepth: "step_by_step", communicationFrequency: "low",
                    channelPreferences: ["email", "phone"], contentTypes: ["educational", "checklist"]),
                insights: [
                    "You're likely to research extensively before decisions",
                    "You prefer one step at a time, with explanations",
                ],
                recommendations: PersonaRecommendations(
                    ui: .init(layout: "simple", navigationStyle: "guided", contentDisplay: "collapsed"),
                    communication: .init(tone: "supportive", detail_level: "medium", frequency: "low"),
                    features: ["trust_indicators", "step_by_step_guides", "educational_resources"]))
        case .techSavvyOptimizer:
            PersonaTraits(
                characteristics: PersonaCharacteristics(
                    primaryTraits: ["technology_comfortable", "efficient", "self_directed"],
                    communicationStyle: "concise", decisionMakingStyle: "independent", riskTolerance: "high",
                    technologyAdoption: "early_adopter"),
                preferences: PersonaPreferences(
                    informationDepth: "summary", communicationFrequency: "as_needed",
                    channelPreferences: ["push", "portal"], contentTypes: ["summary", "expert_insights"]),
                insights: [
                    "You set things up the way you want them", "You prefer short answers, at once",
                ],
                recommendations: PersonaRecommendations(
                    ui: .init(layout: "compact", navigationStyle: "minimal", contentDisplay: "summary"),
                    communication: .init(tone: "concise", detail_level: "low", frequency: "as_needed"),
                    features: ["quick_actions", "push_notifications", "data_export"]))
        }
    }
}
