/// One thing that is looked at, with what came of it.
struct Criterion: Sendable, Equatable {
    /// What is looked at, in the order in which people ask.
    enum Name: String, CaseIterable, Sendable {
        case conflict, specialty, licence, language, availability, load, rating, invitation

        /// The most points it brings; together 100.
        var most: Int {
            switch self {
            case .specialty: 40
            case .language: 20
            case .licence, .load: 15
            case .rating: 10
            case .conflict, .availability, .invitation: 0
            }
        }
    }

    let name: Name
    /// Whether the expert fits as far as this goes.
    let isMet: Bool
    let points: Int
    /// Why, for the staff.
    let reason: String
}
