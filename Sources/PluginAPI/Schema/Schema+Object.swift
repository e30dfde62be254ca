private struct Missing: Error {}

extension Schema {
    /// The schema of a struct: its initialiser, then one field for each argument, in order.
    ///
    /// A parameter pack ties each argument to its field, so that a wrong type or a missing field does not compile.
    /// Members that no field names are mistakes.
    public static func object<each F: Sendable>(
        _ make: @escaping @Sendable (repeat each F) -> Value, _ field: repeat Field<Value, each F>
    ) -> Schema<Value> {
        object(strict: true, make, repeat each field)
    }

    /// As ``object(_:_:)``, but members that no field names are ignored, as in what devices send about themselves.
    public static func openObject<each F: Sendable>(
        _ make: @escaping @Sendable (repeat each F) -> Value, _ field: repeat Field<Value, each F>
    ) -> Schema<Value> {
        object(strict: false, make, repeat each field)
    }

    private static func object<each F: Sendable>(
        strict: Bool, _ make: @escaping @Sendable (repeat each F) -> Value, _ field: repeat Field<Value, each F>
    ) -> Schema<Value> {
        let fields = (repeat each field)
        var collected: [FieldDocument] = []
        for field in repeat each field { collected.append(field.document) }
        let documents = collected
        var writers: [@Sendable (Value, inout JSONWriter) -> Void] = []
        for field in repeat each field { writers.append(field.write) }
        let writeMembers = joined(writers[...])
        let known = Set(documents.map(\.name))
        var document = JSONSchema(["type": "object"], name: "\(Value.self)")
        document.properties = documents.filter(\.isInBody).map { ($0.name, $0.described) }
        document.required = documents.filter { $0.isInBody && $0.isRequired }.map(\.name)
        document.keywords["additionalProperties"] = strict ? false : nil

        return Schema(
            document: document, fields: documents,
            sample: { seed in
                var members = JSON.Members()
                var number = seed
                for field in repeat each fields {
                    members[field.name] = field.schema.sample(number)
                    number += 1
                }
                return .object(members)
            },
            absent: nil,
            read: { input, decoding in
                func unwrap<T>(_ value: T?) throws(Missing) -> T {
                    if let value { value } else { throw Missing() }
                }
                func read(_ source: some FieldSource, _ decoding: inout Decoding) -> Value? {
                    let values = (repeat (each fields).read(source, &decoding))
                    do throws(Missing) { return make(repeat try unwrap(each values)) } catch { return nil }
                }
                func readObject(_ cursor: JSONCursor, _ decoding: inout Decoding) -> Value? {
                    guard cursor.kind == .object else {
                        decoding.mistake(.type, "must be an object", input)
                        return nil
                    }
                    if strict { refuseUnknown(cursor, known, &decoding) }
                    return read(MemberSource(object: cursor), &decoding)
                }
                switch input {
                case .json(let cursor): return readObject(cursor, &decoding)
                case .form(let value) where !value.members.isEmpty:
                    for member in value.members where strict && !known.contains(member.key) {
                        decoding.inside(.name(member.key)) {
                            $0.mistake(.unknownField, "is not known here", .form(member.value))
                        }
                    }
                    return read(FormMemberSource(value: value), &decoding)
                default:
                    switch input.asJSONText {
                    case .success(let cursor)?: return readObject(cursor, &decoding)
                    case .failure(let error)?: decoding.notJSON(error, input)
                    case nil: decoding.mistake(.type, "must be an object", input)
                    }
                    return nil
                }
            },
            readRequest: { request, decoding in
                func unwrap<T>(_ value: T?) throws(Missing) -> T {
                    if let value { value } else { throw Missing() }
                }
                request.refuseUnknown(documents, strict: strict, &decoding)
                let values = (repeat (each fields).read(request, &decoding))
                do throws(Missing) { return make(repeat try unwrap(each values)) } catch { return nil }
            },
            write: { value, writer in
                writer.beginObject()
                writeMembers(value, &writer)
                writer.endObject()
            })
    }

    /// Writers one after the other as one. Nested, and neither a list of closures nor a walk over the pack: those look up
    /// types and count references at every object.
    private static func joined(
        _ writers: ArraySlice<@Sendable (Value, inout JSONWriter) -> Void>
    ) -> @Sendable (Value, inout JSONWriter) -> Void {
        switch writers.count {
        case 0: return { _, _ in }
        case 1: return writers[writers.startIndex]
        case 2, 3:
            let (first, rest) = (writers[writers.startIndex], joined(writers.dropFirst()))
            return { value, writer in
                first(value, &writer)
                rest(value, &writer)
            }
        default:
            let half = writers.count / 2
            let (first, second) = (joined(writers.prefix(half)), joined(writers.dropFirst(half)))
            return { value, writer in
                first(value, &writer)
                second(value, &writer)
            }
        }
    }

    private static func refuseUnknown(_ object: JSONCursor, _ known: Set<String>, _ decoding: inout Decoding) {
        object.forEachMember { name, cursor in
            if !known.contains(name) {
                decoding.inside(.name(name)) { $0.mistake(.unknownField, "is not known here", .json(cursor)) }
            }
        }
    }
}

extension FieldDocument {
    /// Whether the field is a member of the body, JSON or form.
    var isInBody: Bool { place == .body || place == .form }

    /// The schema with the field's note as its description.
    var described: JSONSchema {
        guard !note.isEmpty, schema.name == nil else { return schema }
        var schema = self.schema
        schema.keywords["description"] = .string(note)
        return schema
    }
}
