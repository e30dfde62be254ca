/// How much two texts say the same words, in whatever order (a soft Dice coefficient).
public enum WordSets {
    /// A word and how much it tells: rare words tell more than `street`.
    public struct Word: Sendable, Equatable {
        public let units: [UInt16]
        public let weight: Double

        public init(_ units: [UInt16], weight: Double) {
            self.units = units
            self.weight = weight
        }
    }

    /// Twice the weight the words have in common ÷ the weight of all words, 0 to 1. Words that are written a little
    /// otherwise count by their Jaro–Winkler similarity, from 0.88 on; an initial counts half of the word it begins.
    public static func similarity(_ left: [Word], _ right: [Word]) -> Double {
        var total = 0.0
        for word in left { total += word.weight }
        for word in right { total += word.weight }
        guard total > 0, !left.isEmpty, !right.isEmpty else { return 0 }
        var isTaken = [Bool](repeating: false, count: right.count)
        var isPaired = [Bool](repeating: false, count: left.count)
        var common = 0.0
        for (at, word) in left.enumerated() {
            guard let other = right.indices.first(where: { !isTaken[$0] && right[$0].units == word.units }) else {
                continue
            }
            isTaken[other] = true
            isPaired[at] = true
            common += word.weight + right[other].weight
        }
        for (at, word) in left.enumerated() where !isPaired[at] {
            var best = (score: 0.0, at: -1)
            for other in right.indices where !isTaken[other] {
                let score = likeness(word.units, right[other].units)
                if score > best.score { best = (score, other) }
            }
            guard best.at >= 0 else { continue }
            isTaken[best.at] = true
            common += best.score * (word.weight + right[best.at].weight)
        }
        return common / total
    }

    private static func likeness(_ left: [UInt16], _ right: [UInt16]) -> Double {
        if left.count == 1 || right.count == 1 { return left.first == right.first ? 0.5 : 0 }
        // House numbers are the same or not.
        if isDigit(left.first) || isDigit(right.first) { return 0 }
        if abs(left.count - right.count) > 3 { return 0 }
        let score = JaroWinkler.similarity(left, right)
        return score >= 0.88 ? score : 0
    }

    private static func isDigit(_ unit: UInt16?) -> Bool { unit.map { (0x30...0x39).contains($0) } ?? false }
}
