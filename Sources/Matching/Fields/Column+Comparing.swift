extension Column {
    /// Compares the values of two records.
    func compared(_ left: Int, _ right: Int) -> FieldComparison {
        let (first, second) = (codes[left], codes[right])
        if first < 0 || second < 0 { return .unknown }
        if first == second { return .exact }
        return compared(values[Int(first)], values[Int(second)])
    }

    /// Whether a record has here what another has in another column, to the letter.
    func holds(_ record: Int, _ other: Column, _ otherRecord: Int) -> Bool {
        let (first, second) = (codes[record], other.codes[otherRecord])
        if first < 0 || second < 0 { return false }
        return values[Int(first)].units == other.values[Int(second)].units
    }

    private func compared(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        switch kind {
        case .name: Self.names(left, right)
        case .text: texts(left, right)
        case .date: Self.dates(left, right)
        case .number: Self.numbers(left, right)
        case .code: Self.codes(left.units, right.units)
        case .phone: Self.phones(left, right)
        case .email: Self.emails(left, right)
        case .category: Self.slips(left.units, right.units)
        }
    }

    private static func names(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        let score = JaroWinkler.similarity(left.units, right.units)
        // What names of different people reach by chance counts for nothing.
        let similarity = max(0, 2 * score - 1)
        if score >= 0.92 { return FieldComparison(.close, similarity) }
        if min(left.units.count, right.units.count) >= 3,
            DamerauLevenshtein.distance(left.units, right.units, atMost: 1) == 1
        {
            return FieldComparison(.close, max(similarity, 0.8))
        }
        if left.units.count == 1 || right.units.count == 1 {
            return left.units.first == right.units.first ? FieldComparison(.near, 0.5) : .different
        }
        if score >= 0.85 || score >= 0.6 && left.sounds.contains(where: { right.sounds.contains($0) }) {
            return FieldComparison(.near, max(similarity, 0.6))
        }
        return FieldComparison(.different, similarity)
    }

    private func texts(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        var score = 0.0
        if left.words.contains(where: { right.words.contains($0) }) {
            score = WordSets.similarity(left.words.map(word), right.words.map(word))
        }
        let (shorter, longer) = (min(left.units.count, right.units.count), max(left.units.count, right.units.count))
        if score < 0.9, 2 * shorter >= longer {
            // Spaces in the wrong place, or one word with a slip: `rosegarden street`.
            let whole = JaroWinkler.similarity(left.units, right.units)
            if whole >= 0.9 { score = max(score, whole) }
        }
        if score >= 0.85 { return FieldComparison(.close, score) }
        return FieldComparison(score >= 0.6 ? .near : .different, score)
    }

    private func word(_ number: Int32) -> WordSets.Word {
        WordSets.Word(words[Int(number)], weight: wordWeights[Int(number)])
    }

    private static func dates(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        guard let first = left.date, let second = right.date else { return slips(left.units, right.units) }
        let isSwapped = first.year == second.year && first.month == second.day && first.day == second.month
        if isSwapped || DamerauLevenshtein.distance(left.units, right.units, atMost: 1) == 1 {
            return FieldComparison(.close, 0.85)
        }
        let same =
            (first.year == second.year ? 1 : 0) + (first.month == second.month ? 1 : 0)
            + (first.day == second.day ? 1 : 0)
        return same == 2 ? FieldComparison(.near, 0.6) : .different
    }

    private static func numbers(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        guard let first = left.number, let second = right.number else { return slips(left.units, right.units) }
        if first == second { return .exact }
        let greater = max(first.magnitude, second.magnitude)
        let apart = (first - second).magnitude / greater
        if apart <= 0.01 { return FieldComparison(.close, 1 - apart) }
        if left.units.count >= 3, right.units.count >= 3,
            DamerauLevenshtein.distance(left.units, right.units, atMost: 1) == 1
        {
            return FieldComparison(.close, 0.8)
        }
        return apart <= 0.1 ? FieldComparison(.near, 1 - 5 * apart) : .different
    }

    private static func codes(_ left: [UInt16], _ right: [UInt16]) -> FieldComparison {
        let longest = max(left.count, right.count)
        let distance = DamerauLevenshtein.distance(left, right, atMost: 2)
        if distance == 1, longest >= 3 { return FieldComparison(.close, 1 - 1 / Double(longest)) }
        return distance == 2 && longest >= 6 ? FieldComparison(.near, 1 - 2 / Double(longest)) : .different
    }

    private static func phones(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        if let first = left.phone, let second = right.phone {
            // One of them without its country's code.
            let shorter = min(first.digits.count, second.digits.count)
            if first.isInternational != second.isInternational, shorter >= 7,
                first.digits.hasSuffix(second.digits) || second.digits.hasSuffix(first.digits)
            {
                return FieldComparison(.close, 0.95)
            }
        }
        if DamerauLevenshtein.distance(left.units, right.units, atMost: 1) == 1 { return FieldComparison(.close, 0.85) }
        let isSame = left.units.count >= 7 && right.units.count >= 7 && left.units.suffix(6) == right.units.suffix(6)
        return isSame ? FieldComparison(.near, 0.6) : .different
    }

    private static func emails(_ left: FieldValue, _ right: FieldValue) -> FieldComparison {
        guard let first = left.email, let second = right.email else { return slips(left.units, right.units) }
        if first.local == second.local { return FieldComparison(.close, 0.9) }
        if DamerauLevenshtein.distance(left.units, right.units, atMost: 1) == 1 { return FieldComparison(.close, 0.85) }
        let score = JaroWinkler.similarity(Array(first.local.utf16), Array(second.local.utf16))
        return score >= 0.92 ? FieldComparison(.near, 0.6) : .different
    }

    /// The same but for one letter.
    private static func slips(_ left: [UInt16], _ right: [UInt16]) -> FieldComparison {
        let isSlip = min(left.count, right.count) >= 3 && DamerauLevenshtein.distance(left, right, atMost: 1) == 1
        return isSlip ? FieldComparison(.close, 0.8) : .different
    }
}
