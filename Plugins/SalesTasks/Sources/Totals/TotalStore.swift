internal import PluginAPI

extension Reading where Self: ~Copyable {
    /// What the calls that ended within a period add up to, for each representative who called or was at work.
    borrowing func sums(in period: InstantRange) throws(StoreError) -> [PersonID: CallSums] {
        let ranges = TotalRanges(period)
        var found: [PersonID: CallSums] = [:]
        for rows in ranges.rows {
            try forEach(
                "SELECT rep_id," + CallSums.columns + "FROM salestasks_total WHERE" + rows.condition + "GROUP BY rep_id"
            ) { (row: borrowing Row) throws(StoreError) in
                found[try row.get(at: 0), default: CallSums()] += try CallSums(row: row, at: 1)
            }
        }
        for rest in ranges.rests {
            try forEach(
                "SELECT rep_id," + CallSums.callColumns + "FROM salestasks_call WHERE" + rest.ended + "GROUP BY rep_id"
            ) { (row: borrowing Row) throws(StoreError) in
                found[try row.get(at: 0), default: CallSums()] += try CallSums(row: row, at: 1)
            }
        }
        return found
    }

    /// The same for one representative.
    borrowing func sums(in period: InstantRange, of rep: PersonID) throws(StoreError) -> CallSums {
        let ranges = TotalRanges(period)
        var sums = CallSums()
        for rows in ranges.rows {
            try forEach(
                "SELECT count(*)," + CallSums.columns + "FROM salestasks_total WHERE rep_id = \(rep) AND"
                    + rows.condition
            ) { (row: borrowing Row) throws(StoreError) in
                if try row.get(at: 0, as: Int.self) > 0 { sums += try CallSums(row: row, at: 1) }
            }
        }
        for rest in ranges.rests {
            try forEach(
                "SELECT count(*)," + CallSums.callColumns + "FROM salestasks_call WHERE rep_id = \(rep) AND"
                    + rest.ended
            ) { (row: borrowing Row) throws(StoreError) in
                if try row.get(at: 0, as: Int.self) > 0 { sums += try CallSums(row: row, at: 1) }
            }
        }
        return sums
    }

    /// How many customers were called within a period. Where no call is behind its end, that is how many were last called
    /// within it, which is kept; otherwise those calls of the period are counted before which there was none in it.
    borrowing func contacted(in period: InstantRange) throws(StoreError) -> Int {
        let isOpen: Int? = try value(
            "SELECT 1 FROM salestasks_call WHERE ended_at >= \(period.end.microseconds) LIMIT 1")
        guard isOpen == nil else {
            return try value(
                "SELECT count(*) FROM salestasks_call WHERE" + period.ended
                    + "AND (previous_at IS NULL OR previous_at < \(period.start.microseconds))") ?? 0
        }
        let ranges = TotalRanges(period)
        var count = 0
        for rows in ranges.rows {
            count += try value("SELECT sum(customers) FROM salestasks_last_contact WHERE" + rows.condition) ?? 0
        }
        for rest in ranges.rests {
            count +=
                try value(
                    """
                    SELECT count(*) FROM salestasks_customer WHERE last_contact_at >= \(rest.start.microseconds)
                    AND last_contact_at < \(rest.end.microseconds)
                    """) ?? 0
        }
        return count
    }
}

extension Transaction {
    /// Adds to what a representative's calls come to.
    borrowing func add(_ sums: CallSums, of rep: PersonID, at end: Instant) throws(StoreError) {
        for level in TotalLevel.allCases {
            try run(
                """
                INSERT INTO salestasks_total (level, start, rep_id, calls, milliseconds, successes, reached, positive,
                    neutral, negative, ratings, rating_sum, quality_sum, mood_sum)
                VALUES (\(level.rawValue), \(level.number(of: end)), \(rep), \(sums.calls), \(sums.milliseconds),
                    \(sums.successes), \(sums.reached), \(sums.positive), \(sums.neutral), \(sums.negative),
                    \(sums.ratings), \(sums.ratingSum), \(sums.qualitySum), \(sums.moodSum))
                ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
                    milliseconds = milliseconds + excluded.milliseconds, successes = successes + excluded.successes,
                    reached = reached + excluded.reached, positive = positive + excluded.positive,
                    neutral = neutral + excluded.neutral, negative = negative + excluded.negative,
                    ratings = ratings + excluded.ratings, rating_sum = rating_sum + excluded.rating_sum,
                    quality_sum = quality_sum + excluded.quality_sum, mood_sum = mood_sum + excluded.mood_sum
                """)
        }
    }

    /// Notes that a representative is at work, now or at another moment.
    borrowing func notePresence(of rep: PersonID, at moment: Instant? = nil) throws(StoreError) {
        let moment = moment ?? now
        for level in TotalLevel.allCases {
            try run(
                """
                INSERT INTO salestasks_total (level, start, rep_id) VALUES (\(level.rawValue), \(level.number(of: moment)),
                    \(rep)) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Notes when a customer was called, if they were not called later.
    borrowing func noteContact(with customer: Int, at end: Instant) throws(StoreError) {
        let last: Int64?? = try value("SELECT last_contact_at FROM salestasks_customer WHERE seq = \(customer)")
        let before = (last ?? nil).instant
        if let before, before >= end { return }
        try run("UPDATE salestasks_customer SET last_contact_at = \(end.microseconds) WHERE seq = \(customer)")
        for level in TotalLevel.allCases {
            if let before { try count(-1, level, level.number(of: before)) }
            try count(1, level, level.number(of: end))
        }
    }

    /// Takes a customer who goes out of the numbers of those who were called.
    borrowing func forgetContact(with customer: Int) throws(StoreError) {
        let last: Int64?? = try value("SELECT last_contact_at FROM salestasks_customer WHERE seq = \(customer)")
        guard let last = (last ?? nil).instant else { return }
        for level in TotalLevel.allCases { try count(-1, level, level.number(of: last)) }
    }

    private borrowing func count(_ change: Int, _ level: TotalLevel, _ number: Int64) throws(StoreError) {
        try run(
            """
            INSERT INTO salestasks_last_contact (level, start, customers) VALUES (\(level.rawValue), \(number), \(change))
            ON CONFLICT DO UPDATE SET customers = customers + excluded.customers
            """)
    }
}

extension CallSums {
    static func += (left: inout CallSums, right: CallSums) { left = left + right }
}

extension TotalRanges.Rows {
    fileprivate var condition: SQL { "level = \(level.rawValue) AND start >= \(from) AND start < \(to)" }
}

extension InstantRange {
    fileprivate var ended: SQL { "ended_at >= \(start.microseconds) AND ended_at < \(end.microseconds)" }
}
