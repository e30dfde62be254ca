internal import PluginAPI

/// What says whose a case is must not stand in what is shown before it is accepted.
enum Deidentifying {
    /// A band of ages; nil where the day of birth is not known.
    static func ageBand(born: Day?, today: Day) -> String? {
        guard let born, born <= today else { return nil }
        var age = today.year - born.year
        if (today.month, today.dayOfMonth) < (born.month, born.dayOfMonth) { age -= 1 }
        switch age {
        case ..<18: return "0-17"
        case 18..<30: return "18-29"
        case 90...: return "90+"
        default: return "\(age / 10 * 10)-\(age / 10 * 10 + 9)"
        }
    }

    /// What of a text says whose the case is; nil when nothing does.
    ///
    /// - Parameter person: their names count as whole words that begin with a capital letter, so that `may` may be written
    ///   of a patient called May.
    static func givesAway(_ text: String, of person: Person, caseNumber: String) -> String? {
        let lower = text.lowercased()
        for (word, what) in [
            (caseNumber, "the case's number"), (person.email?.text ?? "", "the patient's e-mail address"),
            (person.phone?.text ?? "", "the patient's phone number"),
        ] where !word.isEmpty && lower.contains(word.lowercased()) { return what }
        let capitalised = Set(words(of: text).filter { $0.first?.isUppercase == true }.map { $0.lowercased() })
        for name in words(of: person.givenName) + words(of: person.familyName)
        where name.count > 2 && capitalised.contains(name.lowercased()) { return "the patient's name" }
        return nil
    }

    private static func words(of text: String) -> [Substring] { text.split { !$0.isLetter } }
}
