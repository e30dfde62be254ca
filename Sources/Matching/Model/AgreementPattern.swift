/// How far the fields of two records agree, four bits for each field, so that pairs with the same pattern are counted once.
struct AgreementPattern: Sendable, Hashable {
    private var bits: UInt128 = 0

    init(_ fields: [FieldComparison]) {
        for (at, field) in fields.enumerated() { bits |= UInt128(field.agreement.rawValue) << UInt128(4 * at) }
    }

    /// The raw agreement of a field.
    subscript(_ field: Int) -> Int { Int(truncatingIfNeeded: bits >> UInt128(4 * field)) & 0xF }
}
