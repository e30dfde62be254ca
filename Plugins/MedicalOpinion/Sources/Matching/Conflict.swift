internal import PluginAPI

/// A reason why an expert should not judge of a case.
struct Conflict: Sendable, Equatable {
    /// What it is.
    enum Kind: String, CaseIterable, Sendable, SQLConvertible {
        /// They are the patient.
        case patient
        /// They declared it of themselves when they were invited.
        case declared
        /// The staff recorded it for this case.
        case recorded
        /// They are close to the patient.
        case relative
        /// The patient named them as treating doctor.
        case treatedBefore = "treated_before"
        /// They belong to where the first opinion came from.
        case institution
        /// They are tied to a treating doctor.
        case treatingDoctor = "treating_doctor"
        /// They declared a tie to somebody of the patient's name.
        case person
    }

    let kind: Kind
    /// The names that are close to each other, for the staff; nil where no names were compared.
    let names: String?

    /// Whether nobody needs to look: close names may be two people's.
    var isCertain: Bool { [.patient, .declared, .recorded].contains(kind) }
}

extension Conflict {
    /// All there is between an expert and a case.
    static func between(_ expert: ExpertToMatch, and given: CaseToMatch) -> [Conflict] {
        var found: [Conflict] = []
        func add(_ kind: Kind, _ left: String? = nil, _ right: String? = nil) {
            let names = left.map { left in right.map { "\(left) – \($0)" } ?? left }
            let conflict = Conflict(kind: kind, names: names)
            if !found.contains(conflict) { found.append(conflict) }
        }
        if expert.person == given.patient { add(.patient) }
        if let kind = expert.ruledOut { add(kind) }
        if expert.isOfTheFamily { add(.relative) }
        if !given.relatives.isEmpty || !given.treatingDoctors.isEmpty {
            let own = ComparedName(expert.name)
            for relative in given.relatives where relative.compared.isClose(to: own) {
                add(.relative, expert.name, relative.text)
            }
            for doctor in given.treatingDoctors where doctor.compared.isClose(to: own) {
                add(.treatedBefore, expert.name, doctor.text)
            }
        }
        for tie in expert.ties {
            let name = ComparedName(tie.name)
            let (kind, others): (Kind, [CaseToMatch.Named]) =
                switch tie.kind {
                case .person: (.person, [given.patientName])
                case .doctor: (.treatingDoctor, given.treatingDoctors)
                case .institution: (.institution, given.institutions)
                }
            for other in others where other.compared.isClose(to: name) { add(kind, tie.name, other.text) }
        }
        return found
    }
}
