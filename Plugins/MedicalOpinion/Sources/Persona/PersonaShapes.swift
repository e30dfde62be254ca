internal import PluginAPI

struct PersonaCharacteristics: Described {
    let primaryTraits: [String]
    let communicationStyle: String
    let decisionMakingStyle: String
    let riskTolerance: String
    let technologyAdoption: String

    static let schema = Schema<PersonaCharacteristics>.object(
        PersonaCharacteristics.init(
            primaryTraits:communicationStyle:decisionMakingStyle:riskTolerance:technologyAdoption:),
        Field("primaryTraits", \.primaryTraits, .list(.word)), Field("communicationStyle", \.communicationStyle, .word),
        Field("decisionMakingStyle", \.decisionMakingStyle, .word), Field("riskTolerance", \.riskTolerance, .word),
        Field("technologyAdoption", \.technologyAdoption, .word))
}

struct PersonaPreferences: Described {
    let informationDepth: String
    let communicationFrequency: String
    let channelPreferences: [String]
    let contentTypes: [String]

    static let schema = Schema<PersonaPreferences>.object(
        PersonaPreferences.init(informationDepth:communicationFrequency:channelPreferences:contentTypes:),
        Field("informationDepth", \.informationDepth, .word),
        Field("communicationFrequency", \.communicationFrequency, .word),
        Field("channelPreferences", \.channelPreferences, .list(.word)),
        Field("contentTypes", \.contentTypes, .list(.word)))
}

struct PersonaRecommendations: Described {
    let ui: UserInterface
    let communication: Communication
    let features: [String]

    static let schema = Schema<PersonaRecommendations>.object(
        PersonaRecommendations.init(ui:communication:features:), Field("ui", \.ui, UserInterface.schema),
        Field("communication", \.communication, Communication.schema), Field("features", \.features, .list(.word)))

    struct UserInterface: Described {
        let layout: String
        let navigationStyle: String
        let contentDisplay: String

        static let schema = Schema<UserInterface>.object(
            UserInterface.init(layout:navigationStyle:contentDisplay:), Field("layout", \.layout, .word),
            Field("navigationStyle", \.navigationStyle, .word), Field("contentDisplay", \.contentDisplay, .word))
    }

    struct Communication: Described {
        let tone: String
        let detail_level: String
        let frequency: String

        static let schema = Schema<Communication>.object(
            Communication.init(tone:detail_level:frequency:), Field("tone", \.tone, .word),
            Field("detail_level", \.detail_level, .word), Field("frequency", \.frequency, .word))
    }
}

struct BehaviorPredictors: Described {
    let likelyToRefer: Double?
    let likelyToUpgrade: Double?
    let likelyToChurn: Double?
    let nextActionProbability: [String: Double]

    static let schema = Schema<BehaviorPredictors>.object(
        BehaviorPredictors.init(likelyToRefer:likelyToUpgrade:likelyToChurn:nextActionProbability:),
        Field("likelyToRefer", \.likelyToRefer, .optional(.share)),
        Field("likelyToUpgrade", \.likelyToUpgrade, .optional(.share)),
        Field("likelyToChurn", \.likelyToChurn, .optional(.share)),
        Field("nextActionProbability", \.nextActionProbability, .map(.share)))
}

extension BehaviorPredictors {
    init(_ predictions: Predictions) {
        self.init(
            likelyToRefer: predictions.referPercent.map { Double($0) / 100 },
            likelyToUpgrade: predictions.upgradePercent.map { Double($0) / 100 },
            likelyToChurn: predictions.churnPercent.map { Double($0) / 100 },
            nextActionProbability: Dictionary(
                predictions.nextActions.map { ($0.action.rawValue, Double($0.percent) / 100) }, uniquingKeysWith: max))
    }
}

extension Schema where Value == String {
    /// One word of the program's own.
    static var word: Schema<String> { .string(1...64) }
}

extension Schema where Value == Double {
    /// 0 to 1.
    static var share: Schema<Double> { .double(0...1) }
}
