/// How far two values of a field agree.
enum Agreement: UInt8, Sendable, CaseIterable {
    /// One of them is missing: no evidence.
    case unknown
    case exact
    /// But for one slip of the pen.
    case close
    /// Alike: they sound the same, share most words or parts.
    case near
    /// What stands here in one record stands in another field of the other.
    case swapped
    case different
}

/// Two values compared: how far they agree, and a similarity from 0 to 1.
struct FieldComparison: Sendable, Equatable {
    var agreement: Agreement
    var similarity: Double

    static let unknown = FieldComparison(agreement: .unknown, similarity: 0)
    static let exact = FieldComparison(agreement: .exact, similarity: 1)
    static let different = FieldComparison(agreement: .different, similarity: 0)

    init(agreement: Agreement, similarity: Double) {
        self.agreement = agreement
        self.similarity = similarity
    }

    init(_ agreement: Agreement, _ similarity: Double) {
        self.agreement = agreement
        self.similarity = similarity
    }
}
