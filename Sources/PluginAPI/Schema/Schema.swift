/// How a value is read, written, checked and documented.
///
/// The same schema decodes a request, encodes an answer, checks a tenant's settings file and prints the OpenAPI
/// document, so none of them can drift from the others. Made once for each type, and a class so that using it costs one
/// reference.
public final class Schema<Value: Sendable>: Sendable {
    /// The JSON Schema (2020-12) of the value.
    public let document: JSONSchema
    @usableFromInline let read: @Sendable (Input, inout Decoding) -> Value?
    @usableFromInline let write: @Sendable (Value, inout JSONWriter) -> Void
    /// A valid value made from a number, for the round trip at start.
    @usableFromInline let sample: @Sendable (Int) -> JSON
    /// What to use when nothing is sent; nil when the value must be sent.
    @usableFromInline let absent: (@Sendable () -> Value)?
    /// The fields of an object; empty for all else.
    public let fields: [FieldDocument]
    /// Reads an object whose fields come from a request's path, query, headers and body; nil for all but objects.
    let readRequest: (@Sendable (RequestInput, inout Decoding) -> Value?)?
    /// Whether a route's input of this schema is its whole body.
    let isWholeBody: Bool

    /// A schema from its four parts; the ready-made ones cover most needs.
    ///
    /// - Parameters:
    ///   - read: notes every mistake in the decoding and returns nil when there is one.
    ///   - sample: a valid value for any number, different for different numbers where that is possible.
    ///   - absent: gives the value for something that was not sent; leave it out for what must be sent.
    public convenience init(
        document: JSONSchema,
        sample: @escaping @Sendable (Int) -> JSON,
        absent: (@Sendable () -> Value)? = nil,
        read: @escaping @Sendable (Input, inout Decoding) -> Value?,
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        self.init(
            document: document, fields: [], sample: sample, absent: absent, read: read, readRequest: nil, write: write)
    }

    init(
        document: JSONSchema, fields: [FieldDocument], sample: @escaping @Sendable (Int) -> JSON,
        absent: (@Sendable () -> Value)?, read: @escaping @Sendable (Input, inout Decoding) -> Value?,
        readRequest: (@Sendable (RequestInput, inout Decoding) -> Value?)?,
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void, isWholeBody: Bool = false
    ) {
        self.isWholeBody = isWholeBody
        self.document = document
        self.fields = fields
        self.sample = sample
        self.absent = absent
        self.read = read
        self.readRequest = readRequest
        self.write = write
    }

    /// Reads a value.
    ///
    /// - Throws: ``Invalid`` with every mistake.
    public func decode(_ input: Input, at path: [Mistake.Step] = []) throws(Invalid) -> Value {
        var decoding = Decoding(at: path)
        let value = readOrAbsent(input, &decoding)
        guard let value, decoding.mistakes.isEmpty else { throw Invalid(decoding.mistakes) }
        return value
    }

    /// Reads the input of a route from the places its fields name.
    ///
    /// - Throws: ``Invalid`` with every mistake.
    public func decode(_ request: RequestInput) throws(Invalid) -> Value {
        var decoding = Decoding()
        let value = readRequest?(request, &decoding) ?? nil
        guard let value, decoding.mistakes.isEmpty else { throw Invalid(decoding.mistakes) }
        return value
    }

    /// Writes a value.
    @inlinable
    public func encode(_ value: Value, into writer: inout JSONWriter) { write(value, &writer) }

    /// The value as JSON text.
    public func encode(_ value: Value) -> [UInt8] {
        var writer = JSONWriter()
        write(value, &writer)
        return writer.bytes
    }

    /// True when made-up values survive encoding and decoding; two fields in swapped order, or a wrong `read`, do not.
    public var roundTrips: Bool {
        (0..<3).allSatisfy { seed in
            let text = sample(seed).text
            guard let document = try? JSONDocument(Array(text.utf8)), let value = try? decode(.json(document.root)),
                let again = try? JSONDocument(encode(value))
            else { return false }
            return again.root.tree == document.root.tree
        }
    }

    /// The same schema as a route's input that is the whole body, such as a merge patch (RFC 7396).
    public var wholeBody: Schema {
        Schema(
            document: document, fields: [], sample: sample, absent: absent, read: read,
            readRequest: { request, decoding in
                request.refuseUnknown([], strict: false, &decoding)
                return self.readOrAbsent(request.body.map { .json($0) } ?? .absent, &decoding)
            }, write: write, isWholeBody: true)
    }

    func readOrAbsent(_ input: Input, _ decoding: inout Decoding) -> Value? {
        if case .absent = input {
            if let absent { return absent() }
            decoding.mistake(.missing, "is required", input)
            return nil
        }
        return read(input, &decoding)
    }
}

/// A type with one true description of itself.
public protocol Described: Answer {
    /// How its values are read, written, checked and documented.
    static var schema: Schema<Self> { get }
}

extension Array: Described, Answer where Element: Described {
    public static var schema: Schema<[Element]> { .list(Element.schema) }

    /// As the schema writes it, without making the schema of the list anew.
    @inlinable
    public func write(into writer: inout JSONWriter) -> AnswerShape {
        let schema = Element.schema
        writer.beginArray()
        for element in self { schema.encode(element, into: &writer) }
        writer.endArray()
        return .value
    }
}
