/// What a handler may return: a described value, a page of them, nothing, or bytes.
public protocol Answer: Sendable {
    /// How the answer is documented.
    static var answerDocument: AnswerDocument { get }
    /// Writes the value and says what else the host needs to know of it.
    func write(into writer: inout JSONWriter) -> AnswerShape
}

/// How an answer is documented.
public enum AnswerDocument: Sendable {
    case value(JSONSchema)
    /// A value; or, where the work takes longer, another with 202.
    case valueOrAccepted(JSONSchema, accepted: JSONSchema)
    /// A value with another beside it, ``Annotated``.
    case annotated(JSONSchema, metadata: JSONSchema)
    /// A list in pages; the schema is that of an item.
    case page(JSONSchema)
    case empty
    /// Bytes of these media types.
    case content([String])
    /// The way to another page, ``SeeOther``.
    case seeOther
}

/// What the host needs to know of an answer to dress it in a dialect.
public enum AnswerShape: Sendable {
    /// One JSON value has been written.
    case value
    /// One JSON value has been written, about work that is still to be done: 202.
    case accepted
    /// A JSON array has been written: one page of so many.
    case page(PageNumbers)
    /// Nothing has been written: 204.
    case empty
    /// Nothing has been written: these bytes are the answer.
    case content(Content)
    /// Nothing has been written: a browser goes on to this path of the portal, 303.
    case seeOther(String)
}

/// Every described type can be returned.
extension Answer where Self: Described {
    public static var answerDocument: AnswerDocument { .value(schema.document) }
    @inlinable
    public func write(into writer: inout JSONWriter) -> AnswerShape {
        Self.schema.encode(self, into: &writer)
        return .value
    }
}

extension Page: Answer {
    public static var answerDocument: AnswerDocument { .page(Item.schema.document) }
    @inlinable
    public func write(into writer: inout JSONWriter) -> AnswerShape {
        let schema = Item.schema
        writer.beginArray()
        for item in items { schema.encode(item, into: &writer) }
        writer.endArray()
        return .page(numbers)
    }
}

extension NoContent {
    public static var answerDocument: AnswerDocument { .empty }
    public func write(into writer: inout JSONWriter) -> AnswerShape { .empty }
}
