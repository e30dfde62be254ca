extension ZoneRules {
    /// How a local time is read, as offsets in seconds east of UTC.
    enum Reading {
        case one(Int)
        /// The offsets before and after a jump, and its time.
        case gap(before: Int, after: Int, transition: Int64)
        case overlap(first: Int, second: Int)
    }

    /// Reads the local time that a clock on the wall shows `wall` seconds after showing 1970-01-01T00:00:00.
    ///
    /// Every instant in question lies between `wall - greatestOffset` and `wall - leastOffset`, so only the periods in
    /// that window are looked at; most times there is one. A period [start, end) with offset o shows `wall` if start <=
    /// wall - o < end.
    func resolve(wall: Int64) -> Reading {
        let windowEnd = wall - Int64(leastOffset)
        var current = period(at: wall - Int64(greatestOffset))
        var first: Int?
        var jump: Reading?
        while true {
            let offset = types[current.type].offset
            let instant = wall - Int64(offset)
            if current.start <= instant, instant < current.end {
                if let first { return .overlap(first: first, second: offset) }
                first = offset
            }
            if current.end > windowEnd { break }
            let next = period(at: current.end)
            let nextOffset = types[next.type].offset
            if jump == nil, current.end + Int64(offset) <= wall, wall < current.end + Int64(nextOffset) {
                jump = .gap(before: offset, after: nextOffset, transition: current.end)
            }
            current = next
        }
        if let first { return .one(first) }
        // Walking on, local time starts at or before `wall` and ends after it; a period or a jump must hold it.
        return jump ?? .one(types[current.type].offset)
    }
}
