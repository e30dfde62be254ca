internal import PluginAPI

/// What calls add up to; whole numbers, so that sums are exact whatever their order.
struct CallSums: Sendable, Equatable {
    var calls = 0
    var milliseconds = 0
    var successes = 0
    var reached = 0
    var positive = 0
    var neutral = 0
    var negative = 0
    var ratings = 0
    /// In hundredths.
    var ratingSum = 0
    var qualitySum = 0
    /// In hundredths.
    var moodSum = 0

    init() {}

    /// One call.
    init(_ facts: CallFacts) {
        calls = 1
        milliseconds = facts.milliseconds
        successes = facts.disposition == .sale ? 1 : 0
        reached = facts.disposition.isReached ? 1 : 0
        positive = facts.sentiment == .positive ? 1 : 0
        neutral = facts.sentiment == .neutral ? 1 : 0
        negative = facts.sentiment == .negative ? 1 : 0
        if let rating = facts.rating {
            ratings = 1
            ratingSum = Int((rating * 100).rounded())
        }
        qualitySum = facts.quality
        moodSum = facts.mood
    }

    private static let fields: [any WritableKeyPath<CallSums, Int> & Sendable] = [
        \.calls, \.milliseconds, \.successes, \.reached, \.positive, \.neutral, \.negative, \.ratings, \.ratingSum,
        \.qualitySum, \.moodSum,
    ]

    static func + (left: CallSums, right: CallSums) -> CallSums {
        var sums = left
        for field in fields { sums[keyPath: field] += right[keyPath: field] }
        return sums
    }

    static func - (left: CallSums, right: CallSums) -> CallSums {
        var sums = left
        for field in fields { sums[keyPath: field] -= right[keyPath: field] }
        return sums
    }

    /// From the columns at a position on, in the order of ``columns``.
    init(row: borrowing Row, at first: Int) throws(StoreError) {
        var position = first
        for field in Self.fields {
            self[keyPath: field] = try row.get(at: position)
            position += 1
        }
    }

    /// The sums of rows of `salestasks_total`.
    static let columns: SQL = """
        sum(calls), sum(milliseconds), sum(successes), sum(reached), sum(positive), sum(neutral), sum(negative),
        sum(ratings), sum(rating_sum), sum(quality_sum), sum(mood_sum)
        """

    /// The same of calls themselves.
    static let callColumns: SQL = """
        count(*), sum(milliseconds), sum(outcome IS 'SUCCESSFUL'), sum(outcome IS NOT NULL),
        sum(sentiment IS 'POSITIVE'), sum(sentiment IS 'NEUTRAL'), sum(sentiment IS 'NEGATIVE'), count(rating),
        coalesce(sum(CAST(round(rating * 100) AS INTEGER)), 0), sum(quality), sum(mood)
        """
}
