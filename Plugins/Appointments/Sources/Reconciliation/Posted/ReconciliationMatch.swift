internal import Matching
internal import PluginAPI

/// Two records that are probably of one person (`ReconciliationMatch` of seed 002 §1.5, contract §10).
struct ReconciliationMatch: Described {
    let left: RecordName
    let right: RecordName
    let confidence: Double
    /// How similar the fields are that both have, 0 to 1.
    let fields: [String: Double]
    /// How much each field says: in bits for one person (positive) or for two (negative); with FUZZY_MATCH its share of all.
    let weights: [String: Double]

    static let schema = Schema<ReconciliationMatch>.object(
        ReconciliationMatch.init(left:right:confidence:fields:weights:),
        Field("left", \.left, RecordName.schema, note: "The record that came first: its id, or else its place from 0"),
        Field("right", \.right, RecordName.schema),
        Field("confidence", \.confidence, .double(0...1)),
        Field("fields", \.fields, .map(.double(0...1)), note: "How similar each field is"),
        Field(
            "weights", \.weights, .map(.double()),
            note: "How much each field says: bits for or against; with FUZZY_MATCH its share of all"))

    init(
        left: RecordName, right: RecordName, confidence: Double, fields: [String: Double], weights: [String: Double]
    ) {
        self.left = left
        self.right = right
        self.confidence = confidence
        self.fields = fields
        self.weights = weights
    }

    init(_ match: RecordMatch, of request: ReconcileRequest) {
        left = request.name(match.left)
        right = request.name(match.right)
        confidence = match.confidence
        fields = Dictionary(match.fields.map { ($0.name, $0.similarity) }) { first, _ in first }
        weights = Dictionary(match.fields.map { ($0.name, $0.weight) }) { first, _ in first }
    }
}
