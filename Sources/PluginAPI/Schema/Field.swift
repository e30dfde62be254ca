/// Where a field of a route's input is found.
public enum Place: String, Sendable {
    case body, path, query, header
    /// A field or a file of a `multipart/form-data` body.
    case form
}

/// What is known about a field without its types.
public struct FieldDocument: Sendable {
    /// The name on the wire.
    public let name: String
    public let place: Place
    /// One sentence for the reader of the API document.
    public let note: String
    public let schema: JSONSchema
    /// Whether it must be sent.
    public let isRequired: Bool

    /// Of what is no field of a schema, e.g. a parameter that the host itself reads.
    public init(name: String, place: Place, note: String, schema: JSONSchema, isRequired: Bool) {
        self.name = name
        self.place = place
        self.note = note
        self.schema = schema
        self.isRequired = isRequired
    }
}

/// One field of an object: its name on the wire, where it stands in the struct, and its schema.
public struct Field<Root: Sendable, Value: Sendable>: Sendable {
    @usableFromInline let name: String
    @usableFromInline let place: Place
    @usableFromInline let note: String
    @usableFromInline let schema: Schema<Value>
    /// Writes name and value; made once, because what it needs is looked up faster in a closure than through generic structs.
    @usableFromInline let write: @Sendable (Root, inout JSONWriter) -> Void

    /// - Parameters:
    ///   - name: the member's name on the wire; kept exactly.
    ///   - get: the property; its type must be the schema's.
    ///   - place: where a route finds it; anything but `.body` only in inputs of routes.
    ///   - note: a sentence for the API document.
    @inlinable
    public init(
        _ name: String, _ get: any KeyPath<Root, Value> & Sendable, _ schema: Schema<Value>, in place: Place = .body,
        note: String = ""
    ) {
        self.init(name, get, schema, place, note, isOmitted: nil)
    }

    /// A field with a value for when nothing is sent.
    @inlinable
    public init(
        _ name: String, _ get: any KeyPath<Root, Value> & Sendable, _ schema: Schema<Value>, in place: Place = .body,
        default fallback: Value, note: String = ""
    ) {
        self.init(name, get, schema.defaulting(to: fallback), place, note, isOmitted: nil)
    }

    /// What the others come down to. Inlined where a field is declared, so that its key path becomes a plain access there.
    @inlinable
    init(
        _ name: String, _ get: any KeyPath<Root, Value> & Sendable, _ schema: Schema<Value>, _ place: Place,
        _ note: String, isOmitted: (@Sendable (Value) -> Bool)?
    ) {
        self.name = name
        self.place = place
        self.note = note
        self.schema = schema
        let (encodedName, writeValue) = (JSONWriter.encodedKey(name), schema.write)
        guard let isOmitted else {
            write = { root, writer in
                writer.key(encoded: encodedName)
                writeValue(root[keyPath: get], &writer)
            }
            return
        }
        write = { root, writer in
            let value = root[keyPath: get]
            if isOmitted(value) { return }
            writer.key(encoded: encodedName)
            writeValue(value, &writer)
        }
    }

    /// An optional field that is left out of answers when it is nil, instead of being written as null.
    @inlinable
    public static func leftOutWhenNil<Wrapped: Sendable>(
        _ name: String, _ get: any KeyPath<Root, Value> & Sendable, _ schema: Schema<Value>, in place: Place = .body,
        note: String = ""
    ) -> Field where Value == Wrapped? {
        Field(name, get, schema, place, note, isOmitted: { $0 == nil })
    }

    var document: FieldDocument {
        FieldDocument(
            name: name, place: place, note: note, schema: schema.document, isRequired: schema.absent == nil)
    }

    func read(_ source: some FieldSource, _ decoding: inout Decoding) -> Value? {
        decoding.inside(.name(name)) { schema.readOrAbsent(input(from: source), &$0) }
    }

    private func input(from source: some FieldSource) -> Input {
        let input = source.input(name, place)
        // A browser sends an input that nobody filled in as an empty text.
        if case .form(let value) = input, value.text == "", schema.absent != nil { return .absent }
        return input
    }
}

extension Schema {
    /// The same schema, with a value for when nothing is sent; the document says so.
    @inlinable
    public func defaulting(to fallback: Value) -> Schema {
        var document = self.document
        var writer = JSONWriter()
        write(fallback, &writer)
        document.keywords["default"] = (try? JSONDocument(writer.bytes))?.root.tree
        return Schema(document: document, sample: sample, absent: { fallback }, read: read, write: write)
    }
}

/// Where an object finds its fields.
public protocol FieldSource {
    func input(_ name: String, _ place: Place) -> Input
}

/// An object inside a document: every field is a member.
struct MemberSource: FieldSource {
    let object: JSONCursor
    func input(_ name: String, _ place: Place) -> Input { object.member(name).map { .json($0) } ?? .absent }
}
