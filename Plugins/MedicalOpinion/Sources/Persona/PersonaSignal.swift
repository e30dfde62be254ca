internal import PluginAPI

/// Something a customer did or said, and towards which persona it points.
struct PersonaSignal: Described, Equatable {
    let signal: String
    /// What was counted; an answer counts once.
    let value: Int
    let towards: PersonaType
    let points: Int

    static let schema = Schema<PersonaSignal>.object(
        PersonaSignal.init(signal:value:towards:points:), Field("signal", \.signal, .string(1...64)),
        Field("value", \.value, .tally), Field("towards", \.towards, PersonaType.schema),
        Field("points", \.points, .int(0...100)))

    /// What a customer's events and answers say. Each rule is points for each act, up to a most.
    static func all(_ state: JourneyState) -> [PersonaSignal] {
        let rules: [(name: String, kind: LifecycleEvent.Kind, towards: PersonaType, each: Int, most: Int)] = [
            ("documents_uploaded", .documentUploaded, .informedAdvocator, 4, 20),
            ("messages_sent", .messageSent, .informedAdvocator, 3, 21),
            ("cases_rated", .caseRated, .informedAdvocator, 5, 15),
            ("referrals_sent", .referralSent, .informedAdvocator, 8, 16),
            ("opinions_read", .opinionRead, .informedAdvocator, 3, 12),
            ("articles_read", .contentRead, .cautiousResearcher, 4, 28),
            ("cases_drafted", .caseDrafted, .cautiousResearcher, 4, 16),
            ("cases_cancelled", .caseCancelled, .cautiousResearcher, 6, 12),
            ("information_provided", .informationProvided, .cautiousResearcher, 4, 12),
            ("consents_changed", .consentChanged, .cautiousResearcher, 2, 8),
            ("devices_registered", .deviceRegistered, .techSavvyOptimizer, 12, 24),
            ("preferences_changed", .preferencesChanged, .techSavvyOptimizer, 6, 18),
            ("profile_updates", .profileUpdated, .techSavvyOptimizer, 3, 12),
            ("messages_read", .messageRead, .techSavvyOptimizer, 1, 10),
        ]
        let behaviour = rules.compactMap { rule -> PersonaSignal? in
            let count = state.count(rule.kind)
            guard count > 0 else { return nil }
            return PersonaSignal(
                signal: rule.name, value: count, towards: rule.towards,
                points: min(rule.most, min(count, 100) * rule.each))
        }
        let answers = PersonaQuestion.all.compactMap { question -> PersonaSignal? in
            guard let answer = state.persona.answers[question.id],
                let option = question.options.first(where: { $0.id == answer })
            else { return nil }
            return PersonaSignal(signal: "answer_\(question.id)", value: 1, towards: option.towards, points: 20)
        }
        return behaviour + answers
    }
}
