import PluginAPI
import Testing

@testable import SalesTasks

@Suite struct `A period as rows of sums` {
    /// The quarters of an hour that rows cover.
    private static func quarters(_ rows: TotalRanges.Rows) -> Range<Int64> {
        let factor = rows.level.length / TotalLevel.quarter.length
        return rows.from * factor..<rows.to * factor
    }

    @Test func `covers every moment once, with few rows`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let start = Int64.random(in: -2_000_000_000_000_000...4_000_000_000_000_000, using: &generator)
            let length = Int64.random(in: 0...200_000_000_000_000, using: &generator) >> Int64.random(in: 0...30)
            let period = try #require(
                InstantRange(start: Instant(microseconds: start), end: Instant(microseconds: start + length)))
            let ranges = TotalRanges(period)
            var pieces = ranges.rows.map { rows in
                let quarters = Self.quarters(rows)
                return quarters.lowerBound * 900_000_000..<quarters.upperBound * 900_000_000
            }
            pieces += ranges.rests.map { $0.start.microseconds..<$0.end.microseconds }
            pieces.sort { $0.lowerBound < $1.lowerBound }
            var at = start
            for piece in pieces {
                #expect(piece.lowerBound == at)
                at = piece.upperBound
            }
            #expect(at == start + length || length == 0)
            #expect(ranges.rows.count <= 5 && ranges.rests.count <= 2)
            for rest in ranges.rests { #expect(rest.end - rest.start < .seconds(900)) }
        }
    }
}

@Suite struct `What calls add up to` {
    @Test func `is taken back by what is subtracted`() {
        let facts = CallFacts(
            disposition: .sale, milliseconds: 300_000, insights: "Wants it.", notes: "x", sentiment: .positive,
            audio: .good, rating: 4.5, issues: [], expectedMinutes: 5)
        var other = facts
        other.disposition = .noAnswer
        other.rating = nil
        #expect(CallSums(facts) + CallSums(other) - CallSums(facts) == CallSums(other))
        #expect(CallSums(facts).ratingSum == 450)
        #expect(CallSums(other).reached == 0)
    }
}
