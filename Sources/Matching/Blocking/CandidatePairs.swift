/// The pairs of records that are worth comparing: all of them when they are few, else those that some pass of blocking puts
/// together.
///
/// A pass takes one field and puts the records with the same key together. A group that is small gives all its pairs. A
/// larger one is divided by each other field in turn, so that `smith` meets `smith` of the same street, or year of birth.
/// One last pass puts together what is the same in every field.
struct CandidatePairs {
    /// Bounds of the work.
    struct Limits: Sendable, Equatable {
        /// Records up to which every pair is compared.
        let allPairs = 300
        /// Records of a group that is not divided.
        let group: Int
        /// Records of a group divided by a second field, of which all pairs are taken.
        let divided: Int
        /// Neighbours that a record meets in a group too large still, at most.
        let neighbours: Int
        /// Pairs at most.
        let pairs = 8_000_000

        /// The more records, the smaller the groups: the work grows little faster than the records.
        init(records: Int) {
            (group, divided, neighbours) =
                switch records {
                case ...6_000: (24, 10, 4)
                case ...30_000: (20, 8, 3)
                default: (12, 5, 1)
                }
        }
    }

    /// The lower record in the upper half, the higher one in the lower: pairs sort by records.
    private(set) var pairs: [UInt64] = []

    private let columns: [Column]
    private let recordCount: Int
    private let limits: Limits
    private let strong: [[[UInt64]]]
    private let weak: [[[UInt64]]]

    static func left(_ pair: UInt64) -> Int { Int(pair >> 32) }
    static func right(_ pair: UInt64) -> Int { Int(pair & 0xFFFF_FFFF) }

    /// - Parameter check: called often; what it throws ends the work.
    init(_ columns: Columns, check: () throws -> Void) throws {
        self.columns = columns.all
        recordCount = columns.recordCount
        limits = Limits(records: columns.recordCount)
        guard recordCount > limits.allPairs else {
            (strong, weak) = ([], [])
            addAll(Array(0..<Int32(recordCount)))
            return
        }
        var (strong, weak): ([[[UInt64]]], [[[UInt64]]]) = ([], [])
        for column in columns.all {
            let rareWords = limits.group
            strong.append(column.values.map { BlockingKeys.strong($0, of: column, rareWords: rareWords) })
            weak.append(column.values.map { BlockingKeys.weak($0, of: column) })
            try check()
        }
        (self.strong, self.weak) = (strong, weak)
        try block(check)
    }

    private mutating func block(_ check: () throws -> Void) throws {
        // The most telling fields first, in case there are too many pairs.
        let order = columns.indices.sorted { columns[$0].values.count > columns[$1].values.count }
        let everybody = Array(0..<Int32(recordCount))
        for first in order where columns[first].kind != .category && columns[first].kind != .number {
            var large: [[Int32]] = []
            for group in Self.groups(everybody, keys: { keys($0, first, withWeak: false) }) {
                if group.count <= limits.group { addAll(group) } else { large.append(group) }
            }
            try settle(check)
            for second in order where second != first && pairs.count < limits.pairs {
                for group in large {
                    for part in Self.groups(group, keys: { keys($0, second, withWeak: true) }) {
                        if part.count <= limits.divided { addAll(part) } else { addNeighbours(part) }
                    }
                }
                try settle(check)
            }
            if pairs.count >= limits.pairs { break }
        }
        for group in Self.groups(everybody, keys: { [self.whole($0)] }) { addNeighbours(group) }
        try settle(check)
        if pairs.count > limits.pairs { pairs.removeLast(pairs.count - limits.pairs) }
    }

    /// Each pair once.
    private mutating func settle(_ check: () throws -> Void) throws {
        try check()
        pairs.sort()
        var kept = 0
        for at in pairs.indices where kept == 0 || pairs[at] != pairs[kept - 1] {
            pairs[kept] = pairs[at]
            kept += 1
        }
        pairs.removeLast(pairs.count - kept)
    }

    private func keys(_ record: Int32, _ column: Int, withWeak: Bool) -> [UInt64] {
        let code = columns[column].codes[Int(record)]
        guard code >= 0 else { return [] }
        return withWeak ? strong[column][Int(code)] + weak[column][Int(code)] : strong[column][Int(code)]
    }

    /// A key of everything the record has.
    private func whole(_ record: Int32) -> UInt64 {
        var key: UInt64 = 0
        for column in columns { key = BlockingKeys.mixed(key, UInt64(bitPattern: Int64(column.codes[Int(record)])), 1) }
        return key
    }

    /// The records with a key in common, for each key that two or more have.
    private static func groups(_ records: [Int32], keys: (Int32) -> [UInt64]) -> [[Int32]] {
        var entries: [(key: UInt64, record: Int32)] = []
        entries.reserveCapacity(records.count)
        for record in records {
            for key in keys(record) { entries.append((key, record)) }
        }
        entries.sort { ($0.key, $0.record) < ($1.key, $1.record) }
        var groups: [[Int32]] = []
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end].key == entries[start].key { end += 1 }
            if end - start >= 2 { groups.append(entries[start..<end].map(\.record)) }
            start = end
        }
        return groups
    }

    private mutating func addAll(_ group: [Int32]) {
        for (at, left) in group.enumerated() {
            for right in group[(at + 1)...] where right != left { add(left, right) }
        }
    }

    private mutating func addNeighbours(_ group: [Int32]) {
        for (at, left) in group.enumerated() {
            let end = min(group.count, at + 1 + limits.neighbours)
            for right in group[min(at + 1, end)..<end] where right != left { add(left, right) }
        }
    }

    private mutating func add(_ left: Int32, _ right: Int32) {
        guard pairs.count < 2 * limits.pairs else { return }
        pairs.append(UInt64(min(left, right)) << 32 | UInt64(max(left, right)))
    }
}
