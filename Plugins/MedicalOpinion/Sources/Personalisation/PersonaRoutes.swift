internal import PluginAPI

extension MedicalOpinion {
    static let personaRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/persona", .reading(Self.ownPersona), needs: .own(.readJourney),
            "The caller's persona, and why it is this one."),
        .put(
            "/v1/portal/persona/override", .transactional(Self.overridePersona), needs: .own(.writeJourney),
            "Corrects the persona, or switches it off; without a type it is computed again."),
        .get(
            "/v1/portal/persona/questionnaire", .reading(Self.questionnaire), needs: .own(.readJourney),
            "Questions that may be answered, and the answers so far."),
        .post(
            "/v1/portal/persona/questionnaire", .transactional(Self.answerQuestionnaire), needs: .own(.writeJourney),
            status: 200, "Answers some or all of the questions."),
    ]

    func ownPersona(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> PersonaAnswer {
        try personaAnswer(of: call.caller.id, tx)
    }

    func overridePersona(
        _ override: PersonaOverride, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PersonaAnswer {
        let person = call.caller.id
        var details = JSON.Members()
        details["enabled"] = .bool(override.enabled)
        if let type = override.type, override.enabled { details["type"] = .string(type.rawValue) }
        try lifecycle.record(LifecycleEvent(.personaChanged, .object(details)), of: person, at: tx.now, in: tx)
        return try tx.reading { tx in try personaAnswer(of: person, tx) }
    }

    func questionnaire(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Questionnaire {
        let state = try lifecycle.state(of: call.caller.id, in: tx)
        return Questionnaire(questions: PersonaQuestion.all, answers: state.persona.answers)
    }

    func answerQuestionnaire(
        _ given: QuestionnaireAnswers, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PersonaAnswer {
        let person = call.caller.id
        var details = JSON.Members()
        var mistakes: [Mistake] = []
        for (name, answer) in given.answers.sorted(by: { $0.key < $1.key }) {
            guard let question = PersonaQuestion.all.first(where: { $0.id == name }) else {
                mistakes.append(Mistake([.name("answers"), .name(name)], .unknownField, "is not known here"))
                continue
            }
            guard question.options.contains(where: { $0.id == answer }) else {
                let words = question.options.map(\.id).joined(separator: ", ")
                mistakes.append(Mistake([.name("answers"), .name(name)], .notAllowed, "must be one of \(words)"))
                continue
            }
            details[name] = .string(answer)
        }
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
        try lifecycle.record(LifecycleEvent(.questionnaireAnswered, .object(details)), of: person, at: tx.now, in: tx)
        return try tx.reading { tx in try personaAnswer(of: person, tx) }
    }

    private func personaAnswer(of person: PersonID, _ tx: borrowing ReadTransaction) throws -> PersonaAnswer {
        let state = try lifecycle.state(of: person, in: tx)
        let score = EngagementScore(state, lifecycle.settings, at: tx.now)
        return PersonaAnswer(state, Predictions(state, score, lifecycle.settings, at: tx.now))
    }
}

/// What a customer says of their persona.
struct PersonaOverride: Described {
    let type: PersonaType?
    let enabled: Bool

    static let schema = Schema<PersonaOverride>.object(
        PersonaOverride.init(type:enabled:),
        Field("type", \.type, .optional(PersonaType.schema), note: "The persona that fits; null has it computed"),
        Field("enabled", \.enabled, .bool, default: true, note: "Whether there is a persona at all"))
}

/// The questions, and what was answered so far.
struct Questionnaire: Described {
    let questions: [PersonaQuestion]
    let answers: [String: String]

    static let schema = Schema<Questionnaire>.object(
        Questionnaire.init(questions:answers:), Field("questions", \.questions, .list(PersonaQuestion.schema)),
        Field("answers", \.answers, .map(.string(1...64))))
}

/// Answers by the ids of their questions.
struct QuestionnaireAnswers: Described {
    let answers: [String: String]

    static let schema = Schema<QuestionnaireAnswers>.object(
        QuestionnaireAnswers.init(answers:), Field("answers", \.answers, .map(.string(1...64), 1...20)))
}
