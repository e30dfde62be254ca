internal import PluginAPI

/// How customers differ in what they want to be shown (seed 000 §8.3).
enum PersonaType: String, CaseIterable, Sendable, Described {
    case informedAdvocator = "informed_advocator"
    case cautiousResearcher = "cautious_researcher"
    case techSavvyOptimizer = "tech_savvy_optimizer"

    static let schema = Schema<PersonaType>.oneOf
}
