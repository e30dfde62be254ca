internal import PluginAPI

/// The body of `PATCH /v1/portal/profile`: what is left out stays, null empties.
struct ProfileChange: Described {
    let firstName: Change<String>
    let middleName: Change<String>
    let lastName: Change<String>
    let email: Change<Email>
    let phone: Change<Phone>
    let dateOfBirth: Change<Day>
    let address: Change<PostalAddress>
    let preferences: PreferenceChange?
    let emergencyContact: Change<EmergencyContact>

    static let schema = Schema<ProfileChange>.object(
        ProfileChange.init(
            firstName:middleName:lastName:email:phone:dateOfBirth:address:preferences:emergencyContact:),
        Field("firstName", \.firstName, .change(.string(1...100)), note: "Cannot be emptied"),
        Field("middleName", \.middleName, .change(.string(1...100))),
        Field("lastName", \.lastName, .change(.string(1...100)), note: "Cannot be emptied"),
        Field("email", \.email, .change(Email.schema), note: "Cannot be emptied"),
        Field("phone", \.phone, .change(Phone.schema)), Field("dateOfBirth", \.dateOfBirth, .change(Day.schema)),
        Field("address", \.address, .change(PostalAddress.schema)),
        Field("preferences", \.preferences, .optional(PreferenceChange.schema)),
        Field("emergencyContact", \.emergencyContact, .change(EmergencyContact.schema)))

    /// The part that is the service's: columns and their new values.
    var columns: [SQL] {
        var columns: [SQL] = []
        func add<V>(_ change: Change<V>, _ set: (V?) -> [SQL]) {
            switch change {
            case .keep: break
            case .clear: columns += set(nil)
            case .set(let value): columns += set(value)
            }
        }
        add(middleName) { ["middle_name = \($0)"] }
        add(dateOfBirth) { ["date_of_birth = \($0?.description)"] }
        add(address) {
            [
                "street = \($0?.street)", "city = \($0?.city)", "state = \($0?.state)", "zip_code = \($0?.zipCode)",
                "country = \($0?.country)",
            ]
        }
        add(emergencyContact) {
            [
                "emergency_name = \($0?.name)", "emergency_relationship = \($0?.relationship)",
                "emergency_phone = \($0?.phone)",
            ]
        }
        if let currency = preferences?.currency { columns.append("currency = \(currency)") }
        return columns
    }

    /// What is wrong with it beyond its fields' own shapes.
    func mistakes(today: Day) -> [Mistake] {
        var mistakes: [Mistake] = []
        for (name, isCleared) in [
            ("firstName", firstName == .clear), ("lastName", lastName == .clear), ("email", email == .clear),
        ] where isCleared { mistakes.append(Mistake(field: name, .missing, "must not be empty")) }
        if case .set(let day) = dateOfBirth, day > today || day < today.adding(years: -130) {
            mistakes.append(Mistake(field: "dateOfBirth", .range, "must be a day of the last 130 years"))
        }
        return mistakes
    }
}

/// A change of the preferences in a profile.
struct PreferenceChange: Described {
    let language: Language?
    let timezone: Zone?
    let currency: String?
    let notifications: ChannelSwitchChanges?
    let privacy: PrivacyChange?

    static let schema = Schema<PreferenceChange>.object(
        PreferenceChange.init(language:timezone:currency:notifications:privacy:),
        Field("language", \.language, .optional(Language.schema)),
        Field("timezone", \.timezone, .optional(Zone.schema)),
        Field("currency", \.currency, .optional(.string(3...3))),
        Field("notifications", \.notifications, .optional(ChannelSwitchChanges.schema)),
        Field("privacy", \.privacy, .optional(PrivacyChange.schema)))

    struct PrivacyChange: Described {
        let shareDataForResearch: Bool?
        let allowMarketingEmails: Bool?
        static let schema = Schema<PrivacyChange>.object(
            PrivacyChange.init(shareDataForResearch:allowMarketingEmails:),
            Field("shareDataForResearch", \.shareDataForResearch, .optional(.bool)),
            Field("allowMarketingEmails", \.allowMarketingEmails, .optional(.bool)))
    }

    /// The host's preferences with this change.
    func applied(to old: Preferences) -> Preferences {
        var preferences = notifications?.applied(to: old) ?? old
        if let language { preferences.language = language }
        if let timezone { preferences.zone = timezone }
        if let allowed = privacy?.allowMarketingEmails {
            preferences = MarketingEmails.apply(allowed, to: preferences)
        }
        return preferences
    }
}
