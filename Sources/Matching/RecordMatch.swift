/// Two records that are probably one.
public struct RecordMatch: Sendable, Equatable {
    /// What one field has to do with it.
    public struct Field: Sendable, Equatable {
        public let name: String
        /// 0 to 1.
        public let similarity: Double
        /// The evidence in bits: positive for one person, negative for two. For ``MatchingAlgorithm/fuzzyMatch`` the field's
        /// share of all weight.
        public let weight: Double
    }

    /// The index of the record that came first.
    public let left: Int
    /// The index of the other.
    public let right: Int
    /// 0 to 1, to four decimals.
    public let confidence: Double
    /// The fields that both records have.
    public let fields: [Field]
}
