/// How often the values of a field agree in pairs of records taken at random, nearly all of which are different people.
struct AgreementCounts: Sendable {
    /// Pairs in which both have a value.
    let present: Double
    /// Of these, the pairs with each ``Agreement``.
    let counts: [Double]

    /// - Parameters:
    ///   - column: whose equal pairs are counted exactly.
    ///   - sample: how often each agreement came in pairs at random.
    init(_ column: Column, sample: [Double]) {
        let values = Double(column.present)
        present = values * (values - 1) / 2
        var equal = 0.0
        for count in column.counts { equal += Double(count) * Double(count - 1) / 2 }
        var counts = [Double](repeating: 0, count: Agreement.allCases.count)
        counts[Int(Agreement.exact.rawValue)] = equal
        // How the others divide is what the sample says, held up by what is usual where it says little.
        let rest = Self.unequal.map { sample[Int($0.rawValue)] + 5 * Self.usual($0) }
        let total = rest.reduce(0, +)
        for (agreement, share) in zip(Self.unequal, rest) {
            counts[Int(agreement.rawValue)] = (present - equal) * share / total
        }
        self.counts = counts
    }

    private static let unequal: [Agreement] = [.close, .near, .swapped, .different]

    private static func usual(_ agreement: Agreement) -> Double {
        switch agreement {
        case .close: 0.005
        case .near: 0.02
        case .swapped: 0.0005
        default: 0.9745
        }
    }

    /// The agreements of at most 30,000 pairs at random; of all pairs where there are no more. The same for the same
    /// records.
    static func sampled(_ comparison: RecordComparison, columns: Columns, check: () throws -> Void) throws -> [[Double]]
    {
        var counts = [[Double]](
            repeating: [Double](repeating: 0, count: Agreement.allCases.count), count: columns.all.count)
        let records = columns.recordCount
        var fields: [FieldComparison] = []
        func count(_ left: Int, _ right: Int) {
            comparison.compare(left, right, into: &fields)
            for (at, field) in fields.enumerated() { counts[at][Int(field.agreement.rawValue)] += 1 }
        }
        let most = 30_000
        if records * (records - 1) / 2 <= most {
            for left in 0..<records {
                try check()
                for right in left + 1..<max(records, left + 1) { count(left, right) }
            }
            return counts
        }
        var random = SplitMix(seed: UInt64(records))
        for at in 0..<most {
            if at & 1023 == 0 { try check() }
            let left = Int.random(in: 0..<records, using: &random)
            let right = Int.random(in: 0..<records, using: &random)
            if left != right { count(left, right) }
        }
        return counts
    }
}

/// Numbers at random that are the same in each run (SplitMix64).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return BlockingKeys.mixed(state, 0, 0)
    }
}
