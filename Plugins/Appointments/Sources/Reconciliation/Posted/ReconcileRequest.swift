internal import Matching
internal import PluginAPI

/// Records to compare with each other (seed 002 §1.5).
struct ReconcileRequest: Described {
    let data: [PostedRecord]
    let algorithm: MatchingAlgorithm
    let confidence: Double

    /// Records at most.
    static let mostRecords = 100_000

    static let schema = Schema<ReconcileRequest>.object(
        ReconcileRequest.init(data:algorithm:confidence:),
        Field(
            "data", \.data, .list(PostedRecord.schema, 0...mostRecords),
            note: "The records. What their fields hold is inferred; id is only their name."),
        Field("algorithm", \.algorithm, .oneOf, default: .hybrid),
        Field(
            "confidence", \.confidence, .double(0.1...1), default: 0.8,
            note: "Pairs below it are left out, pairs at it are not."))

    /// Decodes a body.
    ///
    /// - Throws: ``Problem`` 400 for what is no JSON, and with the first hundred mistakes.
    init(body: [UInt8]) throws(Problem) {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(body)
        } catch {
            throw .format("The body is not JSON: line \(error.line), column \(error.column): \(error.message).")
        }
        do throws(Invalid) {
            self = try Self.schema.decode(.json(document.root))
        } catch {
            throw .invalid(Array(error.mistakes.prefix(100)))
        }
    }

    init(data: [PostedRecord], algorithm: MatchingAlgorithm, confidence: Double) {
        self.data = data
        self.algorithm = algorithm
        self.confidence = confidence
    }

    /// The records as they are compared.
    var records: [MatchingRecord] { data.map { MatchingRecord(name: "", fields: $0.fields) } }

    /// What the record at a place is called.
    func name(_ place: Int) -> RecordName {
        (data.indices.contains(place) ? data[place].name : nil) ?? .number(Int64(place))
    }
}

/// A request on its way to a long job, in the bytes it has already.
struct ReconcilePayload: Described {
    let request: ReconcileRequest
    let encoded: [UInt8]

    static let schema = Schema<ReconcilePayload>(
        document: ReconcileRequest.schema.document,
        sample: { ["data": [["key": .string("value \($0)")]], "algorithm": "HYBRID", "confidence": 0.5] }
    ) { input, decoding in
        do throws(Invalid) {
            return ReconcilePayload(request: try ReconcileRequest.schema.decode(input), encoded: [])
        } catch {
            decoding.mistake(.format, "must be a request", input)
            return nil
        }
    } write: { payload, writer in
        // Encoded before, so that the tenant's writer only copies.
        if payload.encoded.isEmpty {
            ReconcileRequest.schema.encode(payload.request, into: &writer)
        } else {
            writer.value(encoded: payload.encoded)
        }
    }
}
