/// Two records compared, field by field.
struct RecordComparison: Sendable {
    private let columns: [Column]
    /// Pairs of columns whose contents people mix up: names with names, texts with texts.
    private let interchangeable: [(Int, Int)]

    init(_ columns: Columns) {
        self.columns = columns.all
        var pairs: [(Int, Int)] = []
        for first in columns.all.indices {
            for second in columns.all.indices where second > first {
                let kind = columns.all[first].kind
                if kind == columns.all[second].kind, kind == .name || kind == .text { pairs.append((first, second)) }
            }
        }
        interchangeable = pairs.count <= 15 ? pairs : []
    }

    /// Compares two records, into an array that is used again.
    func compare(_ left: Int, _ right: Int, into fields: inout [FieldComparison]) {
        fields.removeAll(keepingCapacity: true)
        // By index: a column taken out would count a reference for each of its arrays.
        for at in columns.indices { fields.append(columns[at].compared(left, right)) }
        for (first, second) in interchangeable {
            guard Self.disagrees(fields[first]), Self.disagrees(fields[second]),
                fields[first].agreement == .different || fields[second].agreement == .different
            else { continue }
            let isThere = columns[first].holds(left, columns[second], right)
            let isBack = columns[second].holds(left, columns[first], right)
            // Both, or one of them with nothing in the other place.
            let isSwapped =
                isThere && isBack || isThere && columns[second].codes[left] < 0
                || isBack && columns[first].codes[left] < 0 || isThere && columns[first].codes[right] < 0
                || isBack && columns[second].codes[right] < 0
            guard isSwapped else { continue }
            for at in [first, second] where fields[at].agreement == .different {
                fields[at] = FieldComparison(.swapped, max(fields[at].similarity, 0.8))
            }
        }
    }

    private static func disagrees(_ field: FieldComparison) -> Bool {
        field.agreement == .different || field.agreement == .unknown
    }
}
