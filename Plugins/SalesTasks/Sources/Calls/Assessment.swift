internal import PluginAPI

/// What a call is judged by, and nothing else: the same facts always come to the same scores.
struct CallFacts: Sendable, Equatable {
    var disposition: Disposition
    var milliseconds: Int
    var insights: String
    var notes: String?
    var sentiment: Sentiment?
    var audio: AudioQuality?
    var rating: Double?
    var issues: [RecordedIssue]
    /// Minutes that the task expects of a call.
    var expectedMinutes: Double?
}

/// One input of the quality score, from 0 to 1, with its weight.
struct QualityInput: Described, Equatable {
    let name: String
    let weight: Int
    let value: Double

    static let schema = Schema<QualityInput>.object(
        QualityInput.init(name:weight:value:), Field("name", \.name, .string(1...40)),
        Field("weight", \.weight, .count), Field("value", \.value, .double(0...1)))
}

extension CallFacts {
    /// What the quality score is made of; an input that the call does not have is left out, and does not count.
    var qualityInputs: [QualityInput] {
        var inputs = [
            QualityInput(name: "insights", weight: 30, value: min(1, Double(Self.words(insights)) / 20)),
            QualityInput(name: "documentation", weight: 20, value: documentation),
        ]
        if let expectedMinutes, expectedMinutes > 0 {
            let minutes = Double(milliseconds) / 60_000
            let closeness = minutes == 0 ? 0 : min(minutes, expectedMinutes) / max(minutes, expectedMinutes)
            inputs.append(QualityInput(name: "duration", weight: 20, value: closeness))
        }
        if let audio {
            inputs.append(
                QualityInput(name: "audio", weight: 15, value: audio == .good ? 1 : audio == .average ? 0.5 : 0))
        }
        if let rating { inputs.append(QualityInput(name: "rating", weight: 15, value: (rating - 1) / 4)) }
        return inputs
    }

    /// 0 to 100: the mean of the inputs by their weights, rounded to a whole number.
    var quality: Int {
        let inputs = qualityInputs
        let weights = inputs.reduce(0) { $0 + $1.weight }
        let sum = inputs.reduce(0) { $0 + Double($1.weight) * $1.value }
        return Int((100 * sum / Double(weights)).rounded())
    }

    /// −100 to 100, hundredths of the sentiment score: 60 parts of what the representative noted and 40 of the rating,
    /// whichever there is, less 10 for each severe issue, 5 for each of medium weight, 2 for others.
    var mood: Int {
        var sum = 0.0, weights = 0.0
        if let sentiment {
            sum += 60 * (sentiment == .positive ? 1 : sentiment == .neutral ? 0 : -1)
            weights += 60
        }
        if let rating {
            sum += 40 * (rating - 3) / 2
            weights += 40
        }
        let basis = weights == 0 ? 0 : Int((100 * sum / weights).rounded())
        let penalty = issues.reduce(0) { $0 + ($1.severity == .high ? 10 : $1.severity == .medium ? 5 : 2) }
        return min(100, max(-100, basis - penalty))
    }

    /// What would have made the score better.
    var suggestedImprovements: [String] {
        qualityInputs.filter { $0.value < 0.5 }.compactMap { Self.advice[$0.name] }
            + (issues.contains { $0.severity == .high } ? ["Tell your supervisor of the severe issue."] : [])
    }

    /// The share of what can be noted that was.
    private var documentation: Double {
        let noted = [disposition != .unspecified, sentiment != nil, audio != nil, !(notes ?? "").isEmpty]
        return Double(noted.count { $0 }) / Double(noted.count)
    }

    private static func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

    private static let advice = [
        "insights": "Write down more of what you learnt about the customer: twenty words or more.",
        "documentation": "Record outcome, sentiment, audio quality and notes of every call.",
        "duration": "Keep closer to the length that the task expects of a call.",
        "audio": "Check your headset and line.",
        "rating": "Read what the customer said of the call, and ask a colleague to listen in.",
    ]
}
