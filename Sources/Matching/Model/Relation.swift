/// A way in which two people are alike without being one: they share some fields, and are strangers in the others.
struct Relation: Sendable {
    /// The probability that two records taken at random are related so.
    var prior: Double
    /// How probable it is that a field is shared.
    var shared: [Double]
    /// What ``shared`` is before anything is counted.
    let usual: [Double]
    /// What ``shared`` may be at most.
    let most: [Double]

    /// People under one roof, who have an address, a telephone and a name in common; namesakes, whose addresses for mail are
    /// alike too; and people of one place, whose codes and names of the place go together.
    static func all(of columns: Columns, prior: Double) -> [Relation] {
        [household, namesakes, neighbours].map { usual in
            Relation(
                prior: prior, shared: columns.all.map { usual($0.kind) }, usual: columns.all.map { usual($0.kind) },
                most: columns.all.map(most))
        }
    }

    private static func household(_ kind: FieldKind) -> Double {
        switch kind {
        case .date: 0.02
        case .email: 0.1
        case .code, .name: 0.3
        case .phone, .text, .number, .category: 0.6
        }
    }

    private static func namesakes(_ kind: FieldKind) -> Double {
        switch kind {
        case .date, .phone, .number, .code, .text: 0.03
        case .email: 0.3
        case .name: 0.6
        case .category: 0.5
        }
    }

    private static func neighbours(_ kind: FieldKind) -> Double {
        switch kind {
        case .date, .phone, .email: 0.02
        case .number, .text: 0.05
        case .name: 0.4
        case .code: 0.7
        case .category: 0.6
        }
    }

    /// Two people have not one day of birth, nor one number that nobody else has: where those agree, it is one person.
    private static func most(_ column: Column) -> Double {
        let isOwn = column.kind == .code && column.values.count * 2 > column.present && column.present >= 50
        return column.kind == .date ? 0.05 : isOwn ? 0.3 : 0.98
    }
}
