internal import PluginAPI

/// A change of who somebody is, whether they ask for it themselves or the clinic does: a field that is left out stays, null
/// empties it.
protocol PersonalChange {
    var firstName: Change<String> { get }
    var lastName: Change<String> { get }
    var email: Change<Email> { get }
    /// The number that the account is to have.
    var accountPhone: Change<Phone> { get }
    var dateOfBirth: Change<Day> { get }
    var language: Change<Language> { get }
}

extension PersonalChange {
    /// What is wrong with names, phone and birthday beyond the fields' own shapes.
    ///
    /// - Parameter phone: what is wrong with the phone, which depends on who asks.
    func mistakes(phone: Mistake?, today: Day) -> [Mistake] {
        var mistakes: [Mistake] = []
        if firstName == .clear { mistakes.append(Mistake(field: "firstName", .missing, "must not be empty")) }
        if lastName == .clear { mistakes.append(Mistake(field: "lastName", .missing, "must not be empty")) }
        if let phone { mistakes.append(phone) }
        if case .set(let day) = dateOfBirth, let mistake = Mistake.ofBirthday(day, today: today) {
            mistakes.append(mistake)
        }
        return mistakes
    }

    /// The part that is the account's. What is as it was is left alone, so that a number that was proven stays so.
    func account(of person: Person) -> PersonChange {
        var change = PersonChange()
        change.givenName = firstName.unless(person.givenName)
        change.familyName = lastName.unless(person.familyName)
        change.email = email.unless(person.email)
        change.phone = accountPhone.unless(person.phone)
        change.language = language.unless(person.language)
        return change
    }
}

extension Mistake {
    /// What is wrong with a day as somebody's birthday.
    static func ofBirthday(_ day: Day, today: Day) -> Mistake? {
        guard day > today || day < today.adding(years: -130) else { return nil }
        return Mistake(field: "dateOfBirth", .range, "must be a day of the last 130 years")
    }
}

extension Change where Value: Equatable {
    /// The same change; none, when it leads to the value there is.
    fileprivate func unless(_ value: Value?) -> Change { applied(to: value) == value ? .keep : self }
}
