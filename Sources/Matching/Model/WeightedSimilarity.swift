/// The mean similarity of two records' fields, each weighted by how much it can tell.
struct WeightedSimilarity: Sendable {
    /// Each field's weight, in bits: the logarithm of how many equally frequent values it has (Rényi's entropy of order 2),
    /// times the share of records that have one.
    let weights: [Double]
    private let total: Double

    init(_ columns: Columns) {
        weights = columns.all.map { column in
            let present = Double(max(1, column.present))
            let squares = column.counts.reduce(0.0) { $0 + Double($1) * Double($1) }
            let values = present * present / max(1, squares)
            // Half a bit at least: even what all have alike says that nothing contradicts.
            return max(0.5, min(12, FieldMath.log2(values))) * present / Double(max(1, columns.recordCount))
        }
        total = weights.reduce(0, +)
    }

    /// 0 to 1. A field that one of the two lacks counts a tenth of its weight against them; where what both have is less than
    /// half of all weight, the rest of that half counts against them too.
    func similarity(_ fields: [FieldComparison]) -> Double {
        var (sum, both, all) = (0.0, 0.0, 0.0)
        for (at, field) in fields.enumerated() {
            if field.agreement == .unknown { continue }
            sum += weights[at] * field.similarity
            both += weights[at]
        }
        all = both + 0.1 * (total - both)
        if both < total / 2 { all += total / 2 - both }
        return all > 0 ? min(1, sum / all) : 0
    }
}
