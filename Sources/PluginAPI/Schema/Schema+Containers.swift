extension Schema {
    /// A value that may be null or left out.
    @inlinable
    public static func optional<Wrapped: Sendable>(_ wrapped: Schema<Wrapped>) -> Schema where Value == Wrapped? {
        let write = wrapped.write
        return Schema(document: wrapped.document.orNull, sample: wrapped.sample, absent: { nil }) { input, decoding in
            if input.isNothing { return .some(nil) }
            return wrapped.read(input, &decoding).map { .some($0) }
        } write: { value, writer in
            if let value { write(value, &writer) } else { writer.null() }
        }
    }

    /// A list; in a query either repeated or separated by commas.
    public static func list<Element: Sendable>(
        _ element: Schema<Element>, _ count: ClosedRange<Int> = 0...10_000
    ) -> Schema where Value == [Element] {
        let document = JSONSchema.array(
            of: element.document,
            ["minItems": .integer(Int64(count.lowerBound)), "maxItems": .integer(Int64(count.upperBound))])
        return Schema(
            document: document,
            sample: { seed in .array((0..<max(1, count.lowerBound)).map { element.sample(seed + $0) }) }
        ) { input, decoding in
            var inputs: [Input] = []
            switch input {
            case .json(let cursor) where cursor.kind == .array: cursor.forEachElement { inputs.append(.json($1)) }
            case .text(let text): inputs = text.split(separator: ",").map { .text(String($0)) }
            case .texts(let texts): inputs = texts.flatMap { $0.split(separator: ",").map { .text(String($0)) } }
            case .files(let files) where element.document.file != nil: inputs = files.map { .files([$0]) }
            case .form(let value) where element.document.file == nil:
                guard let found = elements(of: value, input, &decoding) else { return nil }
                inputs = found
            default:
                decoding.mistake(.type, element.document.file == nil ? "must be a list" : "must be files", input)
                return nil
            }
            guard count.contains(inputs.count) else {
                let few = inputs.count < count.lowerBound
                decoding.mistake(
                    few ? .missing : .tooLong,
                    few
                        ? "must have at least \(count.lowerBound) entries"
                        : "must have at most \(count.upperBound) entries",
                    input)
                return nil
            }
            var values: [Element] = []
            values.reserveCapacity(inputs.count)
            for (index, input) in inputs.enumerated() {
                if let value = decoding.inside(.index(index), { element.read(input, &$0) }) { values.append(value) }
            }
            return values.count == inputs.count ? values : nil
        } write: { values, writer in
            writer.beginArray()
            for value in values { element.write(value, &writer) }
            writer.endArray()
        }
    }

    /// The elements of a list in a form: the texts under one name, `name[]`, `name[0]` …, or one text that is a JSON array.
    private static func elements(of value: FormValue, _ input: Input, _ decoding: inout Decoding) -> [Input]? {
        if value.text?.first(where: { !$0.isWhitespace }) == "[" {
            switch input.asJSONText {
            case .success(let cursor)?:
                var inputs: [Input] = []
                cursor.forEachElement { inputs.append(.json($1)) }
                return inputs
            case .failure(let error)?:
                decoding.notJSON(error, input)
                return nil
            case nil: break
            }
        }
        guard let elements = value.elements else {
            decoding.mistake(.type, "must be a list", input)
            return nil
        }
        return elements.map { .form($0) }
    }

    /// An object with names of the sender's choice and values of one kind.
    public static func map<Element: Sendable>(
        _ element: Schema<Element>, _ count: ClosedRange<Int> = 0...1000
    ) -> Schema where Value == [String: Element] {
        var document = JSONSchema(["type": "object", "maxProperties": .integer(Int64(count.upperBound))])
        document.element = [element.document]
        return Schema(document: document, sample: { .object(["key\($0)": element.sample($0)]) }) { input, decoding in
            guard let inputs = Schema<JSON>.members(of: input, &decoding) else { return nil }
            var values: [String: Element] = [:]
            var members = 0
            for (name, input) in inputs {
                members += 1
                if members <= count.upperBound {
                    values[name] = decoding.inside(.name(name)) { element.read(input, &$0) }
                }
            }
            guard members <= count.upperBound else {
                decoding.mistake(.tooLong, "must have at most \(count.upperBound) members", input)
                return nil
            }
            return values.count == members ? values : nil
        } write: { values, writer in
            writer.beginObject()
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                writer.key(name)
                element.write(value, &writer)
            }
            writer.endObject()
        }
    }

    /// A value made from another: `convert` returns nil for what is not one, and completes "must be …" with `allowed`.
    public func converted<Other: Sendable>(
        to convert: @escaping @Sendable (Value) -> Other?, from back: @escaping @Sendable (Other) -> Value,
        allowed: String
    ) -> Schema<Other> {
        Schema<Other>(document: document, sample: sample) { input, decoding in
            guard let value = self.read(input, &decoding) else { return nil }
            guard let other = convert(value) else {
                decoding.mistake(.format, "must be \(allowed)", input)
                return nil
            }
            return other
        } write: {
            self.write(back($0), &$1)
        }
    }
}

extension Schema where Value == JSON {
    /// Anything at all, as a tree: for objects declared open.
    public static var anything: Schema {
        Schema(document: JSONSchema([:]), sample: { .integer(Int64($0)) }) { input, _ in
            switch input {
            case .json(let cursor): cursor.tree
            case .text(let text): .string(text)
            case .texts(let texts): .array(texts.map { .string($0) })
            case .form(let value): value.tree
            case .files(let files): .array(files.map { .string($0.fileName) })
            case .absent: .null
            }
        } write: {
            $1.value($0)
        }
    }

    /// An object whose members are the sender's own business.
    public static var openObject: Schema {
        Schema(
            document: JSONSchema(["type": "object", "additionalProperties": true]),
            sample: { ["key": .integer(Int64($0))] }
        ) { input, decoding in
            guard let members = members(of: input, &decoding) else { return nil }
            var object = JSON.Members()
            for (name, member) in members {
                switch member {
                case .json(let cursor): object.append(new: name, cursor.tree)
                case .form(let value): object.append(new: name, value.tree)
                default: continue
                }
            }
            return .object(object)
        } write: {
            $1.value($0)
        }
    }

    /// The members of an object: JSON, `name[key]` in a form, or one text of a form that is a JSON object.
    static func members(of input: Input, _ decoding: inout Decoding) -> [(name: String, value: Input)]? {
        var object: JSONCursor?
        switch input {
        case .json(let cursor): object = cursor
        case .form(let value) where !value.members.isEmpty: return value.members.map { ($0.key, .form($0.value)) }
        default:
            switch input.asJSONText {
            case .success(let cursor)?: object = cursor
            case .failure(let error)?:
                decoding.notJSON(error, input)
                return nil
            case nil: break
            }
        }
        guard let object, object.kind == .object else {
            decoding.mistake(.type, "must be an object", input)
            return nil
        }
        var members: [(name: String, value: Input)] = []
        object.forEachMember { members.append(($0, .json($1))) }
        return members
    }
}
