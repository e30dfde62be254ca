/// One field of all records: its different values, and which of them each record has.
struct Column: Sendable {
    let name: String
    let kind: FieldKind
    private(set) var values: [FieldValue] = []
    /// How many records have each value.
    private(set) var counts: [Int] = []
    /// Each record's value; -1 where it has none.
    private(set) var codes: [Int32]
    /// Records that have a value.
    let present: Int
    /// A text's different words, and how much each tells: the logarithm of how seldom it is.
    private(set) var words: [[UInt16]] = []
    private(set) var wordWeights: [Double] = []
    private(set) var wordCounts: [Int] = []

    /// - Parameter texts: each record's text; nil where it has none.
    init(name: String, texts: [String?]) {
        self.name = name
        var numbers: [String: Int32] = [:]
        var distinct: [String] = []
        var distinctCounts: [Int] = []
        var given: [Int32] = []
        given.reserveCapacity(texts.count)
        for text in texts {
            guard let text = text.map(Self.trimmed), !Self.saysNothing(text) else {
                given.append(-1)
                continue
            }
            if let number = numbers[text] {
                given.append(number)
                distinctCounts[Int(number)] += 1
            } else {
                let number = Int32(distinct.count)
                numbers[text] = number
                distinct.append(text)
                distinctCounts.append(1)
                given.append(number)
            }
        }
        kind = FieldKind.inferred(from: distinct, counts: distinctCounts)
        codes = given
        present = given.reduce(0) { $1 >= 0 ? $0 + 1 : $0 }
        fold(distinct, distinctCounts)
        countWords()
    }

    /// Different texts may be one value: `+1 555 0100` and `+1-555-0100`.
    private mutating func fold(_ distinct: [String], _ distinctCounts: [Int]) {
        let order = Self.order(distinct, kind)
        var numbers: [[UInt16]: Int32] = [:]
        var folded: [Int32] = []
        folded.reserveCapacity(distinct.count)
        var wordNumbers: [[UInt16]: Int32] = [:]
        for (text, count) in zip(distinct, distinctCounts) {
            let value = FieldValue(text, kind, order) { self.numbered($0, &wordNumbers) }
            if value.units.isEmpty {
                folded.append(-1)
            } else if let number = numbers[value.units] {
                folded.append(number)
                counts[Int(number)] += count
            } else {
                let number = Int32(values.count)
                numbers[value.units] = number
                values.append(value)
                counts.append(count)
                folded.append(number)
            }
        }
        for at in codes.indices where codes[at] >= 0 { codes[at] = folded[Int(codes[at])] }
    }

    /// The numbers of a text's different words, of which the first 64 count.
    private mutating func numbered(_ units: [UInt16], _ numbers: inout [[UInt16]: Int32]) -> [Int32] {
        var found: [Int32] = []
        for word in FoldedText(units: units).words.prefix(64) {
            let number = numbers[word] ?? Int32(words.count)
            if Int(number) == words.count {
                numbers[word] = number
                words.append(word)
            }
            if !found.contains(number) { found.append(number) }
        }
        return found
    }

    private mutating func countWords() {
        wordCounts = words.map { _ in 0 }
        for (value, count) in zip(values, counts) {
            for number in value.words { wordCounts[Int(number)] += count }
        }
        wordWeights = wordCounts.map { FieldMath.log2(1 + Double(max(present, 1)) / Double(max($0, 1))) }
    }

    private static func order(_ texts: [String], _ kind: FieldKind) -> CalendarDate.Order {
        guard kind == .date else { return .dayFirst }
        var balance = 0
        for text in texts.prefix(20_000) {
            switch CalendarDate.order(of: text) {
            case .dayFirst: balance += 1
            case .monthFirst: balance -= 1
            case nil: break
            }
        }
        return balance < 0 ? .monthFirst : .dayFirst
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.first, let last = text.last, first.isWhitespace || last.isWhitespace else { return text }
        var rest = text.drop { $0.isWhitespace }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    /// What people write where there is nothing to write.
    private static func saysNothing(_ text: String) -> Bool {
        guard text.utf8.count <= 8 else { return false }
        return ["", "-", "--", "?", "n/a", "na", "none", "null", "nil", "unknown", "nan"].contains(text.lowercased())
    }
}
