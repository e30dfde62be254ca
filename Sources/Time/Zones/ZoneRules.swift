/// One kind of local time a zone knows.
struct LocalType: Hashable, Sendable {
    /// Seconds east of UTC.
    var offset: Int
    var isDaylight: Bool
    var abbreviation: String
}

/// What one TZif file says, immutable. Times are seconds since 1970-01-01T00:00:00Z.
final class ZoneRules: Sendable {
    let name: String
    /// Strictly increasing, and within the years of `Instant`, so adding an offset cannot overflow.
    let transitions: [Int64]
    /// The index into `types` from each transition on; as many as `transitions`.
    let typeAfter: [Int]
    /// Never empty. Before the first transition the first one holds.
    let types: [LocalType]
    /// What holds from the last transition on, or always where there is none.
    let footer: FooterRule?
    /// The offsets farthest west and east.
    let leastOffset: Int
    let greatestOffset: Int

    init(name: String, transitions: [Int64], typeAfter: [Int], types: [LocalType], footer: FooterRule?) {
        self.name = name
        self.transitions = transitions
        self.typeAfter = typeAfter
        self.types = types
        self.footer = footer
        leastOffset = types.map(\.offset).min() ?? 0
        greatestOffset = types.map(\.offset).max() ?? 0
    }

    /// The number of transitions at or before `seconds`.
    @inline(__always)
    func count(notAfter seconds: Int64) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The index into `types` of what holds at `seconds`.
    func typeIndex(at seconds: Int64) -> Int {
        let index = count(notAfter: seconds)
        if let footer, index == transitions.count { return footer.type(at: seconds) }
        return index == 0 ? 0 : typeAfter[index - 1]
    }

    /// A time during which one type holds; the next one may hold the same.
    struct Period {
        var start: Int64
        var end: Int64
        var type: Int
        /// Whether it comes from the footer, so that the same follows year after year.
        var isFromFooter: Bool
    }

    /// The period around `seconds`. `.min` and `.max` stand for no limit.
    func period(at seconds: Int64) -> Period {
        let index = count(notAfter: seconds)
        let start = index == 0 ? Int64.min : transitions[index - 1]
        if index < transitions.count {
            return Period(
                start: start, end: transitions[index], type: index == 0 ? 0 : typeAfter[index - 1], isFromFooter: false)
        }
        guard let footer else {
            return Period(start: start, end: .max, type: index == 0 ? 0 : typeAfter[index - 1], isFromFooter: false)
        }
        var period = footer.period(at: seconds)
        period.start = max(period.start, start)
        return period
    }

    /// The first time after `seconds` from which another type holds; nil where none is known.
    func nextChange(after seconds: Int64) -> Int64? {
        var current = period(at: seconds)
        // A footer has two changes a year; if four in a row change nothing (daylight saving all year), none does.
        var idle = 0
        while current.end != .max, idle < 4 {
            let next = period(at: current.end)
            if types[next.type] != types[current.type] { return current.end }
            if next.isFromFooter { idle += 1 }
            current = next
        }
        return nil
    }
}
