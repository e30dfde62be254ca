internal import PluginAPI

/// How each of them is judged. All points are whole numbers.
extension Criterion {
    static func conflict(_ conflicts: [Conflict]) -> Criterion {
        guard let first = conflicts.first(where: \.isCertain) ?? conflicts.first else {
            return Criterion(name: .conflict, isMet: true, points: 0, reason: "No conflict of interest is known.")
        }
        let what: String =
            switch first.kind {
            case .patient: "They are the patient."
            case .declared: "They declared a conflict of interest in this case."
            case .recorded: "A conflict of interest is recorded for this case."
            case .relative: "They may be close to the patient."
            case .treatedBefore: "They may have treated the patient."
            case .institution: "They may belong to where the first opinion came from."
            case .treatingDoctor: "They may be tied to a treating doctor."
            case .person: "They declared a tie to somebody who may be the patient."
            }
        return Criterion(name: .conflict, isMet: false, points: 0, reason: what)
    }

    static func specialty(_ expert: ExpertToMatch, _ given: CaseToMatch) -> Criterion {
        guard let at = expert.specialties.firstIndex(of: given.specialty) else {
            return Criterion(
                name: .specialty, isMet: false, points: 0, reason: "\(given.specialty) is none of their specialties.")
        }
        // Whoever named it first does it most.
        return Criterion(
            name: .specialty, isMet: true, points: at == 0 ? Name.specialty.most : 32,
            reason: "\(given.specialty) is \(at == 0 ? "their main specialty" : "one of their specialties").")
    }

    static func licence(_ expert: ExpertToMatch, _ given: CaseToMatch) -> Criterion {
        func found(_ isMet: Bool, _ points: Int, _ reason: String) -> Criterion {
            Criterion(name: .licence, isMet: isMet, points: points, reason: reason)
        }
        guard let place = given.jurisdiction else {
            return found(true, 0, "Where the patient lives is not known, so no licence is looked for.")
        }
        let here = expert.licences.filter { $0.jurisdiction.covers(place) }
        if let best = here.filter({ $0.isValid(on: given.today) }).max(by: { $0.validUntil < $1.validUntil }) {
            return found(
                true, Name.licence.most,
                "Licensed in \(best.jurisdiction.text) until \(best.validUntil.description).")
        }
        let lack: String
        if let last = here.max(by: { $0.validUntil < $1.validUntil }) {
            lack = "The licence for \(last.jurisdiction.text) ended on \(last.validUntil.description)"
        } else if place.region == nil, expert.licences.contains(where: { $0.jurisdiction.country == place.country }) {
            lack = "Licensed in regions of \(place.country), and the patient's is not known"
        } else {
            lack = "No licence for \(place.text)"
        }
        return given.isLicenceRequired ? found(false, 0, lack + ".") : found(true, 0, lack + ", and none is required.")
    }

    static func language(_ expert: ExpertToMatch, _ given: CaseToMatch) -> Criterion {
        func main(_ tag: String) -> Substring { tag.lowercased().prefix { $0 != "-" } }
        let isSpoken = expert.languages.contains { main($0) == main(given.language) }
        return Criterion(
            name: .language, isMet: isSpoken, points: isSpoken ? Name.language.most : 0,
            reason: isSpoken
                ? "They speak the case's language (\(given.language))."
                : "They do not speak the case's language (\(given.language)).")
    }

    static func availability(_ expert: ExpertToMatch, _ given: CaseToMatch) -> Criterion {
        func found(_ isMet: Bool, _ reason: String) -> Criterion {
            Criterion(name: .availability, isMet: isMet, points: 0, reason: reason)
        }
        guard expert.isActive else { return found(false, "They are no longer active.") }
        guard expert.availability.isAccepting else { return found(false, "They take no cases at present.") }
        guard expert.availability.isAway(on: given.today) else { return found(true, "They take cases.") }
        let end = expert.availability.awayUntil.map { "until \($0.description)" } ?? "until further notice"
        return found(false, "They are away \(end).")
    }

    /// By the part of what they can take that is still free.
    static func load(_ expert: ExpertToMatch) -> Criterion {
        let free = max(0, expert.capacity - expert.load)
        return Criterion(
            name: .load, isMet: free > 0, points: expert.capacity > 0 ? Name.load.most * free / expert.capacity : 0,
            reason: "They work on \(expert.load) of \(expert.capacity) cases.")
    }

    /// A mean of 1 is 0, of 5 all; half where nobody has said anything.
    static func rating(_ rating: Rating) -> Criterion {
        let most = Name.rating.most
        guard let mean = rating.mean else {
            return Criterion(name: .rating, isMet: true, points: most / 2, reason: "Nobody has rated them yet.")
        }
        let tenths = Int((mean * 10).rounded())
        return Criterion(
            name: .rating, isMet: true, points: Int(((mean - 1) / 4 * Double(most)).rounded()),
            reason: "\(rating.count) ratings, \(tenths / 10).\(tenths % 10) in the mean.")
    }

    static func invitation(_ last: InvitationState?) -> Criterion {
        func found(_ isMet: Bool, _ reason: String) -> Criterion {
            Criterion(name: .invitation, isMet: isMet, points: 0, reason: reason)
        }
        return switch last {
        case nil, .withdrawn: found(true, "They were not asked yet.")
        case .open: found(false, "They are invited and have not answered.")
        case .accepted: found(false, "They had this case before.")
        case .declined: found(false, "They declined this case.")
        case .expired: found(false, "They did not answer an invitation in time.")
        }
    }
}
