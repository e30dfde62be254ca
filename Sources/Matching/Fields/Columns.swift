/// The records as columns. What all records lack, or have alike, is not compared; nor is what is more than 32 fields, of
/// which the fullest are kept.
struct Columns: Sendable {
    /// Fields that are compared at most.
    static let limit = 32
    /// Different names of fields that are looked at, at most.
    static let widest = 256

    let all: [Column]
    let recordCount: Int

    init(_ records: [MatchingRecord]) {
        recordCount = records.count
        var filled: [String: Int] = [:]
        var order: [String] = []
        for record in records {
            for field in record.fields {
                if let count = filled[field.name] {
                    filled[field.name] = count + 1
                } else if order.count < Self.widest {
                    filled[field.name] = 1
                    order.append(field.name)
                }
            }
        }
        let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        // The fullest, then the first seen.
        let kept = order.sorted {
            (filled[$0] ?? 0, -(positions[$0] ?? 0)) > (filled[$1] ?? 0, -(positions[$1] ?? 0))
        }
        var columns: [Column] = []
        for name in kept {
            guard columns.count < Self.limit else { break }
            let column = Column(name: name, texts: records.map { Self.text(of: name, in: $0) })
            if column.present >= 2, column.values.count >= 2 || records.count < 50 { columns.append(column) }
        }
        all = columns.sorted { (positions[$0.name] ?? 0) < (positions[$1.name] ?? 0) }
    }

    private static func text(of name: String, in record: MatchingRecord) -> String? {
        var found: String?
        for field in record.fields where field.name == name {
            found = found.map { $0 + " " + field.text } ?? field.text
        }
        return found
    }
}
