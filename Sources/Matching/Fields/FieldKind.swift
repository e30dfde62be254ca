/// What a field holds, which decides how two of its values are compared. It is inferred from the values alone.
public enum FieldKind: String, Sendable, CaseIterable {
    /// A word or two: a name, a place.
    case name
    /// Several words: an address, a full name, a note.
    case text
    case date
    /// A quantity, whose nearness means something.
    case number
    /// Letters and digits that stand for something: a postal code, an insurance number.
    case code
    case phone
    case email
    /// One of a few values.
    case category
}

extension FieldKind {
    /// The kind of a field by its values, of which at most 2,000 different ones are looked at.
    ///
    /// - Parameters:
    ///   - values: different values, none of them empty.
    ///   - counts: how often each comes.
    static func inferred(from values: [String], counts: [Int]) -> FieldKind {
        let sample =
            values.count <= 2000 ? values : stride(from: 0, to: 2000, by: 1).map { values[$0 * values.count / 2000] }
        guard !sample.isEmpty else { return .text }
        func share(_ holds: (String) -> Bool) -> Double {
            Double(sample.reduce(0) { holds($1) ? $0 + 1 : $0 }) / Double(sample.count)
        }
        if share({ EmailAddress($0) != nil }) >= 0.8 { return .email }
        if share({ CalendarDate($0) != nil }) >= 0.8 { return .date }
        let numbers = share { DecimalText.value(of: $0) != nil }
        if numbers < 0.9 || share({ $0.hasPrefix("+") }) >= 0.1 {
            // A number alone may be anything; one with separators or a country's code is for dialling.
            let phones = share { PhoneNumber($0).map { $0.digits.count >= 6 } ?? false }
            if phones >= 0.8, share(isWrittenForDialling) >= 0.1 { return .phone }
        }
        if numbers >= 0.9 { return isOneLength(sample) ? .code : .number }
        if isCategory(counts) { return .category }
        let words = sample.map { FoldedText($0).words }
        let wordsEach = Double(words.reduce(0) { $0 + $1.count }) / Double(sample.count)
        let withDigits = share { $0.contains { $0.isNumber } }
        if withDigits >= 0.5, wordsEach < 1.5 { return .code }
        return wordsEach <= 1.6 && withDigits < 0.5 ? .name : .text
    }

    private static func isWrittenForDialling(_ text: String) -> Bool { text.contains { "+-() ./".contains($0) } }

    /// Codes are as long as each other, and longer than most quantities.
    private static func isOneLength(_ sample: [String]) -> Bool {
        var lengths: [Int: Int] = [:]
        for text in sample where text.allSatisfy({ $0.isNumber }) { lengths[text.count, default: 0] += 1 }
        guard let (length, count) = lengths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return false }
        return length >= 4 && Double(count) >= 0.8 * Double(sample.count)
    }

    /// Few values make nearly all records: their number, were they equally frequent, is at most 20 (Simpson's index).
    private static func isCategory(_ counts: [Int]) -> Bool {
        let total = Double(counts.reduce(0, +))
        guard total >= 50, Double(counts.count) * 5 <= total else { return false }
        let squares = counts.reduce(0.0) { $0 + Double($1) * Double($1) }
        return total * total / squares <= 20
    }
}
