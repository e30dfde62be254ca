/// The model of Fellegi and Sunter (1969): for each field and agreement, how probable it is in records of one person (m)
/// and of two (u), fitted without examples by expectation and maximisation (Winkler 1988).
///
/// u is known beforehand: nearly all pairs are of two people, so what is counted in all pairs, less what the matches among
/// the candidates explain, is u. Pairs that blocking left out count as what they nearly all are. What is usual holds up
/// estimates where there are few records.
///
/// The model takes fields to be independent, which those of a household are not: two of its people agree in name, address
/// and telephone at once. So there are further classes beside one person and two strangers, each a ``Relation`` of two people
/// who share some fields: each field is shared with a probability of its own, fitted too, and is else as strangers' are.
struct FellegiSunter: Sendable {
    /// m and u for each field, by the agreement's number.
    var m: [[Double]]
    var u: [[Double]]
    /// The probability that two records taken at random are one person.
    var prior: Double
    var relations: [Relation]

    let kinds: [FieldKind]

    /// - Parameters:
    ///   - patterns: the candidates' patterns, and how many have each.
    ///   - counts: each field's agreements in all pairs.
    init(
        _ patterns: [(pattern: AgreementPattern, count: Double)], columns: Columns, counts: [AgreementCounts],
        check: () throws -> Void
    ) throws {
        let records = Double(columns.recordCount)
        let pairs = max(1, records * (records - 1) / 2)
        kinds = columns.all.map(\.kind)
        // Before anything is counted: one record in ten has a double, half as many somebody who is related.
        let expected = min(0.2, 0.2 / max(1, records - 1))
        prior = expected
        relations = Relation.all(of: columns, prior: expected / 4)
        m = kinds.map { _ in Self.usualM }
        u = kinds.map(Self.usualU)
        let none = patterns.map { _ in [0.0] + relations.map { _ in 0.0 } }
        maximiseU(none, patterns, counts)
        for _ in 0..<100 {
            try check()
            let classes = patterns.map { self.classes(of: $0.pattern) }
            maximiseM(classes, patterns)
            maximiseU(classes, patterns, counts)
            if maximisePriors(classes, patterns, expected: expected, pairs: pairs) { break }
        }
    }

    /// How many times more probable a field's agreement is in records of one person than of strangers. 1 where a value is
    /// missing.
    func ratio(_ field: Int, _ agreement: Int) -> Double {
        agreement == 0 ? 1 : m[field][agreement] / u[field][agreement]
    }

    /// The same for equal values, by the frequency of the very value: a rare name says more than a common one.
    func ratio(_ field: Int, equalTo value: Int32, in column: Column) -> Double {
        let exact = Int(Agreement.exact.rawValue)
        let average = u[field][exact]
        // The average counts as so many records; the two at hand are no evidence of how common their value is.
        let strength = 10 + 0.5 / average
        let others = Double(max(0, column.counts[Int(value)] - 2))
        let frequency = (strength * average + others) / (strength + Double(max(0, column.present - 2)))
        return m[field][exact] / frequency
    }

    /// The evidence of two records' fields together: log2 of the odds that they are of one person.
    ///
    /// - Parameter ratios: of each field.
    func weight(_ ratios: (Int) -> Double) -> Double {
        let weights = classWeights(ratios)
        let most = weights[1...].max() ?? 0
        return weights[0] - most - FieldMath.log2(weights[1...].reduce(0) { $0 + FieldMath.exp2($1 - most) })
    }

    /// For each class, log2 of its prior times how much more probable what is seen is than for strangers: one person, each
    /// relation, strangers.
    func classWeights(_ ratios: (Int) -> Double) -> [Double] {
        // Products of many small numbers end in nothing, sums of their logarithms do not.
        var weights = [FieldMath.log2(prior)]
        for relation in relations { weights.append(FieldMath.log2(relation.prior)) }
        for field in kinds.indices {
            let ratio = ratios(field)
            if ratio == 1 { continue }
            weights[0] += FieldMath.log2(ratio)
            for at in relations.indices {
                let shared = relations[at].shared[field]
                weights[at + 1] += FieldMath.log2(shared * ratio + 1 - shared)
            }
        }
        let rest = relations.reduce(1 - prior) { $0 - $1.prior }
        weights.append(FieldMath.log2(max(1e-12, rest)))
        return weights
    }

    /// The probability of odds given as a logarithm to base 2.
    static func probability(ofWeight weight: Double) -> Double { 1 / (1 + FieldMath.exp2(-weight)) }
}
