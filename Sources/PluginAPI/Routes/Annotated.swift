/// A value with metadata beside it: `{"status": "success", "data": …, "metadata": …}` (seed 004 §4).
///
/// For plugins of the dialect `status` alone: no other one has a place for metadata.
public struct Annotated<Value: Described, Metadata: Described>: Answer {
    /// What stands as the data.
    public let value: Value
    /// What stands beside it.
    public let metadata: Metadata

    public init(_ value: Value, metadata: Metadata) {
        self.value = value
        self.metadata = metadata
    }

    public static var answerDocument: AnswerDocument {
        .annotated(Value.schema.document, metadata: Metadata.schema.document)
    }

    public func write(into writer: inout JSONWriter) -> AnswerShape {
        Value.schema.encode(value, into: &writer)
        writer.key("metadata")
        Metadata.schema.encode(metadata, into: &writer)
        return .value
    }
}
