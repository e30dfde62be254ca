internal import PluginAPI

/// How well an expert fits a case, and why.
///
/// A pure function of the two. Points say how well; whether somebody fits at all is every criterion's own say.
struct ExpertFit: Sendable {
    let expert: ExpertToMatch
    let criteria: [Criterion]
    let conflicts: [Conflict]
    /// Why the case cannot be theirs whatever the staff think; nil where it can.
    let bar: Bar?

    /// What no judgement of the staff overrules.
    enum Bar: String, CaseIterable, Sendable {
        case inactive
        case conflict = "conflict_of_interest"
        case licence = "no_licence"
    }

    /// 0 to 100.
    var score: Int { criteria.reduce(0) { $0 + $1.points } }
    /// Whether nothing speaks against it.
    var fits: Bool { bar == nil && criteria.allSatisfy(\.isMet) }

    init(of expert: ExpertToMatch, for given: CaseToMatch) {
        let conflicts = Conflict.between(expert, and: given)
        let criteria = [
            Criterion.conflict(conflicts), .specialty(expert, given), .licence(expert, given), .language(expert, given),
            .availability(expert, given), .load(expert), .rating(expert.rating), .invitation(expert.lastInvitation),
        ]
        let lacksLicence = criteria.contains { $0.name == .licence && !$0.isMet }
        self.expert = expert
        self.conflicts = conflicts
        self.criteria = criteria
        bar =
            !expert.isActive
            ? .inactive : conflicts.contains(where: \.isCertain) ? .conflict : lacksLicence ? .licence : nil
    }

    /// The best in front: those who fit, then those who could be asked all the same, then the rest; each by points, then by
    /// how little they have to do, then by id.
    static func ranked(_ experts: [ExpertToMatch], for given: CaseToMatch) -> [ExpertFit] {
        experts.map { ExpertFit(of: $0, for: given) }.sorted { left, right in
            let (one, other) = (left.place, right.place)
            if one != other { return one < other }
            if left.score != right.score { return left.score > right.score }
            if left.expert.load != right.expert.load { return left.expert.load < right.expert.load }
            return left.expert.person.rawValue < right.expert.person.rawValue
        }
    }

    private var place: Int { fits ? 0 : bar == nil ? 1 : 2 }
}
