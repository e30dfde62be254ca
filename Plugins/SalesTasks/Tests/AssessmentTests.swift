import PluginAPI
import Testing

@testable import SalesTasks

@Suite struct `The scores of a call` {
    private static let facts = CallFacts(
        disposition: .sale, milliseconds: 300_000, insights: "one two three four five six seven eight nine ten",
        notes: "Sent.", sentiment: .positive, audio: .good, rating: 5, issues: [], expectedMinutes: 10)

    @Test func `are those of the rubric`() {
        var facts = Self.facts
        // 30 · ½ + 20 · 1 + 20 · ½ + 15 · 1 + 15 · 1 of 100.
        #expect(facts.quality == 75)
        facts.expectedMinutes = nil
        facts.rating = nil
        facts.audio = nil
        facts.notes = nil
        // 30 · ½ + 20 · ½ of 50.
        #expect(facts.quality == 50)
        #expect(facts.qualityInputs.map(\.name) == ["insights", "documentation"])
        facts.insights = "x"
        facts.disposition = .unspecified
        facts.sentiment = nil
        #expect(facts.quality == 3)
        #expect(facts.suggestedImprovements.count == 2)
    }

    @Test func `follow sentiment, rating and issues`() {
        var facts = Self.facts
        #expect(facts.mood == 100)
        facts.rating = 1
        // 0.6 − 0.4.
        #expect(facts.mood == 20)
        facts.sentiment = nil
        #expect(facts.mood == -100)
        facts.rating = nil
        #expect(facts.mood == 0)
        facts.issues = [
            RecordedIssue(type: "noise", description: "line", severity: .high),
            RecordedIssue(type: "wait", description: "long", severity: .low),
        ]
        #expect(facts.mood == -12)
        facts.sentiment = .negative
        #expect(facts.mood == -100)
    }

    @Test func `stay within their bounds whatever the facts`() {
        for disposition in Disposition.allCases {
            for sentiment in Sentiment.allCases.map(Optional.some) + [nil] {
                for audio in AudioQuality.allCases.map(Optional.some) + [nil] {
                    for rating in [nil, 1, 2.5, 5] as [Double?] {
                        let facts = CallFacts(
                            disposition: disposition, milliseconds: 0, insights: "", notes: nil, sentiment: sentiment,
                            audio: audio, rating: rating, issues: [], expectedMinutes: 0)
                        #expect((0...100).contains(facts.quality) && (-100...100).contains(facts.mood))
                    }
                }
            }
        }
    }

    @Test func `open the actions that follow`() {
        var facts = Self.facts
        facts.issues = [RecordedIssue(type: "noise", description: "bad line", severity: .high)]
        let end = Instant(seconds: 1_800_000_000)
        let actions = NextAction.following(facts, endedAt: end, followUpAt: nil, customer: "Ada")
        #expect(actions.map(\.type) == ["SEND_CONFIRMATION", "RESOLVE_ISSUE"])
        #expect(actions.map(\.deadline) == [end + .seconds(86_400), end + .seconds(86_400)])
        #expect(actions.last?.description == "noise: bad line")
    }

    @Test func `have outcomes and dispositions that agree`() {
        #expect(Disposition.of(nil, nil) == .unspecified)
        #expect(Disposition.of(.successful, nil) == .sale)
        #expect(Disposition.of(.needsFollowUp, .busy) == .busy)
        #expect(Disposition.of(.notInterested, .doNotCall) == .doNotCall)
        #expect(Disposition.of(.successful, .doNotCall) == nil)
        #expect(Disposition.of(.notInterested, .busy) == nil)
        for disposition in Disposition.allCases {
            #expect(Disposition.of(disposition.outcome, disposition) == disposition)
        }
    }
}

@Suite struct `Dealing customers` {
    @Test(arguments: [[1, 1], [1, 3], [3, 2, 1], [2, 2, 2], [5, 1, 1]])
    func `gives everybody their share in every stretch of turns`(_ weights: [Int]) {
        let people = weights.enumerated().map { (id: PersonID(rawValue: "p\($0)"), weight: $1) }
        let turns = Dealing.turns(people)
        let sum = weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            let got = turns.count { $0.rawValue == "p\(index)" }
            #expect(got * sum == weight * turns.count)
        }
        #expect(Dealing.turns([]) == [])
    }

    @Test func `weighs by the share of the required skills`() {
        #expect(Dealing.weight(of: ["a"], required: []) == 1)
        #expect(Dealing.weight(of: [], required: ["a", "b"]) == 1)
        #expect(Dealing.weight(of: ["A"], required: ["a", "b"]) == 2)
        #expect(Dealing.weight(of: ["a", "b", "c"], required: ["a", "B"]) == 3)
    }
}

@Suite struct `The states of a task` {
    @Test func `follow each other as they must`() {
        var allowed: [String] = []
        for state in TaskState.allCases {
            for move in TaskMove.allCases {
                if let next = state.after(move) { allowed.append("\(state) \(move) \(next)") }
            }
        }
        #expect(
            allowed == [
                "draft schedule scheduled", "draft start active", "draft archive archived",
                "scheduled schedule scheduled", "scheduled start active", "scheduled archive archived",
                "active pause paused", "active complete completed", "paused resume active",
                "paused complete completed", "completed archive archived",
            ])
    }
}
