internal import PluginAPI

/// A question that customers may answer to be known better.
struct PersonaQuestion: Described {
    let id: String
    let text: String
    let options: [Option]

    static let schema = Schema<PersonaQuestion>.object(
        PersonaQuestion.init(id:text:options:), Field("id", \.id, .string(1...64)),
        Field("text", \.text, .string(1...300)), Field("options", \.options, .list(Option.schema)))

    /// An answer to choose.
    struct Option: Described {
        let id: String
        let text: String
        /// Which persona it points to.
        let towards: PersonaType

        static let schema = Schema<Option>.object(
            Option.init(id:text:towards:), Field("id", \.id, .string(1...64)), Field("text", \.text, .string(1...300)),
            Field("towards", \.towards, PersonaType.schema))
    }

    static let all = [
        PersonaQuestion(
            id: "reading", text: "How do you like to read an expert's answer?",
            options: [
                Option(id: "in_full", text: "In full, with the reasons", towards: .informedAdvocator),
                Option(id: "step_by_step", text: "Step by step, with explanations", towards: .cautiousResearcher),
                Option(id: "summary", text: "As a short summary first", towards: .techSavvyOptimizer),
            ]),
        PersonaQuestion(
            id: "deciding", text: "How do you decide?",
            options: [
                Option(id: "together", text: "Together with my doctors", towards: .informedAdvocator),
                Option(id: "slowly", text: "After reading and thinking it over", towards: .cautiousResearcher),
                Option(id: "quickly", text: "Quickly, once I have the facts", towards: .techSavvyOptimizer),
            ]),
        PersonaQuestion(
            id: "contact", text: "How should we reach you?",
            options: [
                Option(id: "messages", text: "With detailed messages", towards: .informedAdvocator),
                Option(id: "calm", text: "Seldom, and with everything at once", towards: .cautiousResearcher),
                Option(id: "push", text: "On my phone, at once", towards: .techSavvyOptimizer),
            ]),
    ]
}
