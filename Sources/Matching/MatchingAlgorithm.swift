/// How the confidence that two records are one is found (seed 002 §1.5).
public enum MatchingAlgorithm: String, Sendable, CaseIterable {
    /// The weighted mean of the fields' similarities.
    case fuzzyMatch = "FUZZY_MATCH"
    /// The probability by the model of Fellegi and Sunter, fitted to these records.
    case mlModel = "ML_MODEL"
    /// Both: the mean evidence of the model and of the similarity, calibrated to a probability.
    case hybrid = "HYBRID"
}
