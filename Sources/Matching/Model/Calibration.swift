/// The probability that a similarity means one person: a logistic curve through the probabilities that the model of
/// Fellegi and Sunter gives the same pairs (Platt 1999, with soft labels).
struct Calibration: Sendable {
    private var intercept = -20.0
    private var slope = 25.0

    /// - Parameter bins: by rounded similarity, pairs and the sum of their probabilities.
    init(_ bins: [(pairs: Double, matches: Double)]) {
        let last = Double(max(1, bins.count - 1))
        var points = bins.enumerated().map { (Double($0.offset) / last, $0.element.pairs, $0.element.matches) }
        // What is usual, for few pairs or pairs of one sort.
        points += [(0.5, 4, 0.02), (0.7, 2, 0.2), (0.8, 2, 1), (0.9, 2, 1.8), (1, 4, 3.98)]
        for _ in 0..<50 {
            var (first, second) = (0.0, 0.0)
            var (a, b, c) = (1e-6, 0.0, 1e-6)
            for (similarity, pairs, matches) in points where pairs > 0 {
                let probability = 1 / (1 + FieldMath.exp(-(intercept + slope * similarity)))
                let error = matches - pairs * probability
                let spread = pairs * probability * (1 - probability)
                first += error
                second += error * similarity
                a += spread
                b += spread * similarity
                c += spread * similarity * similarity
            }
            let determinant = a * c - b * b
            guard determinant > 1e-12 else { break }
            // A long step of Newton's method may leave the hill.
            let steps = ((c * first - b * second) / determinant, (a * second - b * first) / determinant)
            let scale = min(1, 5 / max(abs(steps.0), abs(steps.1), 1e-9))
            intercept += scale * steps.0
            slope += scale * steps.1
            if abs(steps.0) + abs(steps.1) < 1e-6 { break }
        }
        // More alike is never less probable.
        if slope < 1 { (intercept, slope) = (-20, 25) }
    }

    /// The evidence of a similarity, in bits.
    func weight(_ similarity: Double) -> Double { (intercept + slope * similarity) / 0.693_147_180_559_945_3 }
}
