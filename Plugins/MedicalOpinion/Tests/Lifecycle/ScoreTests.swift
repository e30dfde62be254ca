import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `The engagement score` {
    private let now = TestClock.start
    private let settings = LifecycleSettings()

    private func state(_ events: [(LifecycleEvent.Kind, Int, JSON)]) -> JourneyState {
        var state = JourneyState()
        for (kind, days, details) in events {
            JourneyFold(settings: settings).add(
                RecordedEvent(kind: kind, at: now - .seconds(days * 86_400), details: details), to: &state)
        }
        return JourneyFold(settings: settings).state(state, at: now)
    }

    @Test func `is what its formula says`() {
        let state = state([
            (.profileCreated, 20, [:]), (.profileCompleted, 20, [:]), (.caseSubmitted, 10, [:]),
            (.messageReceived, 9, [:]), (.messageReceived, 9, [:]), (.messageRead, 9, [:]),
            (.caseRated, 8, ["rating": 4]),
        ])
        let score = EngagementScore(state, settings, at: now)
        // Eight days idle of fifty-three after a week: 98; four active days of twelve: 33; an active case: 100.
        #expect(score.activity.inputs.map(\.score) == [98, 33, 100])
        #expect(score.activity.score == 79)
        // One message of two read: 50 at weight 25; no article: 0 at 15; one feature of five: 20 at 15.
        #expect(score.engagement.inputs.map(\.score) == [50, 0, 20])
        #expect(score.engagement.score == 28)
        #expect(score.satisfaction.score == 75)
        // (79 · 40 + 28 · 30 + 75 · 30) / 100 = 62.5, which goes to the even number.
        #expect(score.total == 62)
    }

    @Test func `leaves out what nothing is known of`() {
        let score = EngagementScore(state([(.profileCompleted, 0, [:])]), settings, at: now)
        #expect(score.satisfaction.score == nil)
        // Recency 100, one day of twelve 8, no case 0: 42. Features 20 at 15, articles 0 at 15: 10. (42·40 + 10·30)/70.
        #expect(score.total == 28)
        #expect(EngagementScore(state([(.profileCreated, 0, [:])]), settings, at: now).total == nil)
    }

    @Test func `falls when nothing happens`() {
        let state = state([(.caseSubmitted, 0, [:])])
        let scores = [0, 7, 30, 60].map { days in
            EngagementScore(state, settings, at: now + .seconds(days * 86_400)).activity.score ?? -1
        }
        #expect(scores == scores.sorted(by: >))
        #expect(scores.first != scores.last)
    }

    @Test func `recommends only what would make it better, by what it says it would`() {
        let state = state([(.caseSubmitted, 5, [:]), (.informationRequested, 4, [:]), (.opinionDelivered, 3, [:])])
        let offers = Recommendation.all(state, settings, at: now)
        #expect(offers.first?.action == "provide_information")
        let before = EngagementScore(state, settings, at: now).total ?? 0
        var after = state
        after.apply(RecordedEvent(kind: .informationProvided, at: now, details: [:]), settings)
        let gain = (EngagementScore(after, settings, at: now).total ?? 0) - before
        #expect(offers.first?.expectedImpact == "+\(gain) engagement score points")
        #expect(gain > 0)
    }

    @Test(arguments: [(5, 2, 2), (7, 2, 4), (85, 10, 8), (75, 10, 8), (65, 10, 6), (1, 3, 0), (2, 3, 1)])
    func `rounds halves to the even number`(part: Int, whole: Int, result: Int) {
        #expect(Rounding.quotient(part, whole) == result)
    }

    @Test func `risk follows silence and poor ratings`() {
        let happy = state([(.caseSubmitted, 3, [:]), (.caseCompleted, 2, [:]), (.caseRated, 1, ["rating": 5])])
        let gone = state([(.caseSubmitted, 170, [:]), (.caseCompleted, 169, [:]), (.caseRated, 168, ["rating": 1])])
        func predictions(_ state: JourneyState) -> Predictions {
            Predictions(state, EngagementScore(state, settings, at: now), settings, at: now)
        }
        #expect(predictions(happy).risk == .low)
        #expect(predictions(gone).risk == .high)
    }
}

@Suite struct `A persona` {
    private func verdict(_ change: (inout JourneyState) -> Void) -> PersonaVerdict {
        var state = JourneyState()
        change(&state)
        return PersonaVerdict(state)
    }

    @Test func `is none where nothing points anywhere`() {
        let verdict = verdict { _ in }
        #expect(verdict.type == nil)
        #expect(verdict.confidence == 0)
        #expect(verdict.source == .unknown)
    }

    @Test func `says by which signals it was found`() {
        let verdict = verdict { $0.counts = ["content_read": 5, "message_sent": 1] }
        #expect(verdict.type == .cautiousResearcher)
        #expect(verdict.signals.map(\.points) == [3, 20])
        // 20 of 23 points, 23 of the forty that make a full measure.
        #expect(verdict.confidence == 0.5)
    }

    @Test func `is what the customer says, or none when they want none`() {
        #expect(
            verdict {
                $0.counts = ["content_read": 5]; $0.persona.chosen = "tech_savvy_optimizer"
            }.type == .techSavvyOptimizer)
        let off = verdict {
            $0.counts = ["content_read": 5]; $0.persona.isOff = true
        }
        #expect(off.type == nil)
        #expect(off.source == .off)
    }

    @Test func `follows the questionnaire's answers`() throws {
        for question in PersonaQuestion.all {
            for option in question.options {
                #expect(verdict { $0.persona.answers = [question.id: option.id] }.type == option.towards)
            }
        }
    }

    @Test func `can be corrected and switched off by its customer, through the portal`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            let path = "/v1/portal/persona"
            #expect(await portal.data(path, as: ana)["persona"]?["type"] == .null)
            let answered = await portal.send(
                "POST", path + "/questionnaire", ["answers": ["reading": "summary"]], as: ana)
            #expect(answered.status == 200)
            #expect(answered.body["data"]?["persona"]?["type"] == "tech_savvy_optimizer")
            let wrong = await portal.send("POST", path + "/questionnaire", ["answers": ["reading": "x"]], as: ana)
            #expect(wrong.status == 400)
            #expect(wrong.body["error"]?["details"]?.elements.first?["field"] == "answers.reading")
            await portal.send("PUT", path + "/override", ["type": "cautious_researcher"], as: ana)
            #expect(await portal.data(path, as: ana)["persona"]?["type"] == "cautious_researcher")
            let layout = await portal.data("/v1/portal/personalization/dashboard", as: ana)["layout"]
            #expect(layout == "simple_list")
            await portal.send("PUT", path + "/override", ["enabled": false], as: ana)
            #expect(await portal.data(path, as: ana)["explanation"]?["source"] == "off")
            await portal.send("PUT", path + "/override", [:], as: ana)
            #expect(await portal.data(path, as: ana)["persona"]?["type"] == "tech_savvy_optimizer")
        }
    }
}
