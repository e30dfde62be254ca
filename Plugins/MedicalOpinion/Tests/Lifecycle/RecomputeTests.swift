import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `Recomputing a journey` {
    /// Made-up events in any order, the same for the same seed.
    private static func events(_ count: Int, seed: UInt64) -> [(String, Int, JSON)] {
        var generator = Numbers(state: seed)
        return (0..<count).map { _ in
            let kind = LifecycleEvent.Kind.allCases[Int(generator.next() % UInt64(LifecycleEvent.Kind.allCases.count))]
            let days = Int(generator.next() % 700)
            return (
                kind.rawValue, days,
                [
                    "rating": .integer(Int64(generator.next() % 5 + 1)),
                    "amountMinor": .integer(Int64(generator.next() % 9999)),
                    "currency": generator.next() % 3 == 0 ? "USD" : "EUR",
                    "to": generator.next() % 2 == 0 ? "premium" : "free",
                    "from": generator.next() % 2 == 0 ? "closed" : "withdrawn", "specialty": "Oncology",
                    "type": "first_case_submitted", "enabled": .bool(generator.next() % 2 == 0),
                ]
            )
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `from an export gives the same numbers, whatever happened in whatever order`(seed: UInt64) async throws {
        try await withPlugin(Recorder.self) { portal in
            let ana = Caller.person(try await portal.person(email: "a@test.example", roles: ["customer"]))
            let events = Self.events(120, seed: seed)
            for start in stride(from: 0, to: events.count, by: 20) {
                #expect(await portal.happen(Array(events[start..<start + 20]), to: ana).status == 200)
            }
            let kept = await portal.data("/v1/portal/test/kept", as: ana)
            let settings = LifecycleSettings()
            let fold = JourneyFold(settings: settings)
            var state = JourneyState()
            for event in await portal.data("/v1/portal/test/export", as: ana)["events"]?.elements ?? [] {
                let kind = try #require(LifecycleEvent.Kind(rawValue: event["kind"]?.string ?? ""))
                let at = try #require(Instant(rfc3339: event["at"]?.string ?? ""))
                fold.add(RecordedEvent(kind: kind, at: at, details: event["details"] ?? .null), to: &state)
            }
            #expect(try JSONDocument(JourneyState.schema.encode(state)).root.tree == kept)
            #expect(state.counts.values.reduce(0, +) == 120)

            let now = portal.clock.now
            let current = fold.state(state, at: now)
            let score = EngagementScore(current, settings, at: now)
            let predictions = Predictions(current, score, settings, at: now)
            let journey = await portal.data("/v1/portal/journey", as: ana)["journey"] ?? .null
            #expect(journey["healthScore"]?.whole == score.total)
            #expect(journey["predictions"]?["churnRisk"]?.hundredths == predictions.churnPercent)
            #expect(journey["lifetimeValue"]?.hundredths == state.money.currency.flatMap { state.money.paid[$0] } ?? 0)

            let rebuilt = await portal.send("POST", "/v1/portal/test/rebuild", as: ana)
            #expect(rebuilt.body["data"] == kept)
            #expect(await portal.data("/v1/portal/journey", as: ana)["journey"] == journey)
        }
    }

    @Test func `follows other rules of the company at once, and is kept by them soon`() async throws {
        let events: [RecordedEvent] = [
            RecordedEvent(kind: .profileCreated, at: TestClock.start - .seconds(50 * 86_400), details: [:]),
            RecordedEvent(kind: .caseSubmitted, at: TestClock.start - .seconds(40 * 86_400), details: [:]),
            RecordedEvent(kind: .caseRated, at: TestClock.start, details: ["rating": 4]),
        ]
        func stages(_ settings: LifecycleSettings) -> [JourneyStage] {
            var state = JourneyState()
            for event in events { JourneyFold(settings: settings).add(event, to: &state) }
            return state.stages.map(\.stage)
        }
        var settings = LifecycleSettings()
        #expect(stages(settings) == [.onboarding, .active])
        let before = settings.fingerprint
        settings.inactiveAfterDays = 30
        #expect(stages(settings) == [.onboarding, .active, .inactive, .active])
        #expect(settings.fingerprint != before)
    }
}

extension JSON {
    /// Hundredths, for numbers with two decimals.
    var hundredths: Int? {
        switch self {
        case .integer(let number): Int(number) * 100
        case .number(let number): Int((number * 100).rounded())
        default: nil
        }
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Numbers {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
