/// What a request brings, as the fields of a route's input find it.
public struct RequestInput: FieldSource, Sendable {
    /// The values of `{name}` in the path, percent-decoded.
    public var path: [(name: String, value: String)]
    /// The query's parameters in order, percent-decoded.
    public var query: [(name: String, value: String)]
    /// Looks up a header's value by its name.
    public var header: @Sendable (String) -> String?
    /// The body; nil when there is none.
    public var body: JSONCursor?
    /// The body of a form, read; nil when there is none.
    public var form: FormContent?

    public init(
        path: [(name: String, value: String)] = [], query: [(name: String, value: String)] = [],
        body: JSONCursor? = nil, form: FormContent? = nil,
        header: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.path = path
        self.query = query
        self.body = body
        self.form = form
        self.header = header
    }

    public func input(_ name: String, _ place: Place) -> Input {
        switch place {
        case .body: return body?.member(name).map { .json($0) } ?? .absent
        case .form: return form?.input(name) ?? .absent
        case .header: return header(name).map { .text($0) } ?? .absent
        case .path: return path.first { $0.name == name }.map { .text($0.value) } ?? .absent
        case .query:
            let values = query.filter { $0.name == name }.map(\.value)
            return values.isEmpty ? .absent : values.count == 1 ? .text(values[0]) : .texts(values)
        }
    }

    /// Notes every member of the body and every query parameter that no field names.
    func refuseUnknown(_ fields: [FieldDocument], strict: Bool, _ decoding: inout Decoding) {
        if let body {
            if body.kind != .object {
                decoding.mistake(.type, "must be an object", .json(body))
            } else if strict {
                body.forEachMember { name, cursor in
                    if !fields.contains(where: { $0.place == .body && $0.name == name }) {
                        decoding.inside(.name(name)) { $0.mistake(.unknownField, "is not known here", .json(cursor)) }
                    }
                }
            }
        }
        if let form { refuseUnknown(in: form, fields, strict: strict, &decoding) }
        for (name, value) in query where !fields.contains(where: { $0.place == .query && $0.name == name }) {
            decoding.inside(.name(name)) { $0.mistake(.unknownField, "is not a known parameter", .text(value)) }
        }
    }

    private func refuseUnknown(
        in form: FormContent, _ fields: [FieldDocument], strict: Bool, _ decoding: inout Decoding
    ) {
        let known = fields.filter { $0.place == .form }.map(\.name)
        for member in form.values {
            let input = Input.form(member.value)
            decoding.inside(.name(member.key)) { decoding in
                if strict, !known.contains(member.key) { decoding.mistake(.unknownField, "is not known here", input) }
                if member.value.isAmbiguous || form.uploads.contains(where: { $0.name == member.key }) {
                    decoding.mistake(.type, "is sent in two ways at once", input)
                }
            }
        }
        for (name, upload) in form.uploads where !known.contains(name) {
            decoding.inside(.name(name)) { $0.mistake(.unknownField, "is not known here", .files([upload])) }
        }
    }
}
