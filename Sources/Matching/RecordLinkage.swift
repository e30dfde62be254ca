/// Records compared with each other, to find those that are about one person, company or thing. Nothing is told about the
/// fields: what they hold is inferred.
///
/// Made once, it answers for every algorithm. Time grows with the pairs that blocking leaves, about a microsecond or two for
/// each field and pair; memory is about 16 bytes a pair beside the records.
public struct RecordLinkage: Sendable {
    /// Records at most.
    public static let mostRecords = 1_000_000

    private let columns: Columns
    private let comparison: RecordComparison
    private let similarity: WeightedSimilarity
    private let model: FellegiSunter
    private let calibration: Calibration
    private let pairs: [UInt64]
    private let patterns: [AgreementPattern]
    private let patternOf: [Int32]
    private let similarities: [Float]
    private let weights: [Float]

    /// Blocks, compares and fits.
    ///
    /// - Parameters:
    ///   - records: at most ``mostRecords``; what is beyond is not looked at.
    ///   - progress: told the share that is done, 0 to 1, again and again; what it throws ends the work and is thrown on.
    public init(_ records: [MatchingRecord], progress: (Double) throws -> Void = { _ in }) throws {
        columns = Columns(records.count <= Self.mostRecords ? records : Array(records.prefix(Self.mostRecords)))
        try progress(0.05)
        comparison = RecordComparison(columns)
        similarity = WeightedSimilarity(columns)
        let sample = try AgreementCounts.sampled(comparison, columns: columns) { try progress(0.1) }
        let counts = zip(columns.all, sample).map { AgreementCounts($0, sample: $1) }
        pairs = try CandidatePairs(columns) { try progress(0.2) }.pairs

        var numbers: [AgreementPattern: Int32] = [:]
        var patterns: [(pattern: AgreementPattern, count: Double)] = []
        var patternOf: [Int32] = []
        var similarities: [Float] = []
        patternOf.reserveCapacity(pairs.count)
        similarities.reserveCapacity(pairs.count)
        var fields: [FieldComparison] = []
        for (at, pair) in pairs.enumerated() {
            if at & 4095 == 0 { try progress(0.2 + 0.6 * Double(at) / Double(pairs.count)) }
            comparison.compare(CandidatePairs.left(pair), CandidatePairs.right(pair), into: &fields)
            let pattern = AgreementPattern(fields)
            if let number = numbers[pattern] {
                patterns[Int(number)].count += 1
                patternOf.append(number)
            } else {
                let number = Int32(patterns.count)
                numbers[pattern] = number
                patterns.append((pattern, 1))
                patternOf.append(number)
            }
            similarities.append(Float(similarity.similarity(fields)))
        }
        model = try FellegiSunter(patterns, columns: columns, counts: counts) { try progress(0.8) }
        self.patterns = patterns.map(\.pattern)
        self.patternOf = patternOf
        self.similarities = similarities

        var bins = [(pairs: Double, matches: Double)](repeating: (0, 0), count: 201)
        var weights: [Float] = []
        weights.reserveCapacity(pairs.count)
        for at in pairs.indices {
            if at & 4095 == 0 { try progress(0.8 + 0.2 * Double(at) / Double(pairs.count)) }
            let weight = Self.weight(pairs[at], self.patterns[Int(patternOf[at])], model, columns)
            weights.append(Float(weight))
            let bin = min(200, Int((Double(similarities[at]) * 200).rounded()))
            bins[bin].pairs += 1
            bins[bin].matches += FellegiSunter.probability(ofWeight: weight)
        }
        self.weights = weights
        calibration = Calibration(bins)
    }

    /// What a field was taken for, in the order of the fields; those that are not compared are missing.
    public var kinds: [(name: String, kind: FieldKind)] { columns.all.map { ($0.name, $0.kind) } }

    /// Pairs that were compared.
    public var compared: Int { pairs.count }

    /// The pairs whose confidence is at least that, the surest first.
    ///
    /// - Parameter most: so many at most; the least sure are left out.
    /// - Returns: the matches, and how many there are with those left out.
    public func matches(
        _ algorithm: MatchingAlgorithm, confidence: Double, most: Int = .max
    ) -> (matches: [RecordMatch], total: Int) {
        var found: [(at: Int32, confidence: Double)] = []
        for at in pairs.indices {
            let value = Self.rounded(self.confidence(at, algorithm))
            if value >= confidence { found.append((Int32(at), value)) }
        }
        found.sort { ($1.confidence, $0.at) < ($0.confidence, $1.at) }
        var fields: [FieldComparison] = []
        let matches = found.prefix(most).map { match(Int($0.at), $0.confidence, algorithm, &fields) }
        return (matches, found.count)
    }

    private func confidence(_ at: Int, _ algorithm: MatchingAlgorithm) -> Double {
        let alike = Double(similarities[at])
        if algorithm == .fuzzyMatch { return alike }
        let weight = Double(weights[at])
        if algorithm == .mlModel { return FellegiSunter.probability(ofWeight: weight) }
        // Neither side outvotes the other by being surer than anybody can be.
        let model = min(20, max(-20, weight))
        let similarity = min(20, max(-20, calibration.weight(alike)))
        return FellegiSunter.probability(ofWeight: (model + similarity) / 2)
    }

    private static func weight(
        _ pair: UInt64, _ pattern: AgreementPattern, _ model: FellegiSunter, _ columns: Columns
    ) -> Double {
        model.weight { ratio($0, columns.all[$0], pattern[$0], pair, model) }
    }

    private static func ratio(
        _ field: Int, _ column: Column, _ agreement: Int, _ pair: UInt64, _ model: FellegiSunter
    ) -> Double {
        if agreement == Int(Agreement.exact.rawValue) {
            let value = column.codes[CandidatePairs.left(pair)]
            if value >= 0 { return model.ratio(field, equalTo: value, in: column) }
        }
        return model.ratio(field, agreement)
    }

    private func match(
        _ at: Int, _ confidence: Double, _ algorithm: MatchingAlgorithm, _ fields: inout [FieldComparison]
    ) -> RecordMatch {
        let pair = pairs[at]
        comparison.compare(CandidatePairs.left(pair), CandidatePairs.right(pair), into: &fields)
        let pattern = patterns[Int(patternOf[at])]
        let all = similarity.weights.reduce(0, +)
        var told: [RecordMatch.Field] = []
        for (number, column) in columns.all.enumerated() where fields[number].agreement != .unknown {
            let weight =
                algorithm == .fuzzyMatch
                ? similarity.weights[number] / max(all, 1e-9)
                : FieldMath.log2(Self.ratio(number, column, pattern[number], pair, model))
            told.append(
                RecordMatch.Field(
                    name: column.name, similarity: Self.rounded(fields[number].similarity),
                    weight: Self.rounded(weight)))
        }
        return RecordMatch(
            left: CandidatePairs.left(pair), right: CandidatePairs.right(pair), confidence: confidence, fields: told)
    }

    /// To four decimals: what is said is what was compared with the threshold.
    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
