extension Schema where Value == Upload {
    /// A file of a form, in a field with the place `.form`.
    ///
    /// - Parameters:
    ///   - limit: its bytes at most; more is refused with 413 while it comes.
    ///   - types: the media types that are taken, all when empty; others are refused with 415. What the client says is no
    ///     proof of what the file is.
    public static func file(upTo limit: Int, types: [String] = []) -> Schema {
        var document = JSONSchema([
            "type": "string", "contentMediaType": .string(types.count == 1 ? types[0] : "application/octet-stream"),
        ])
        document.file = FileRule(limit: limit, types: types)
        return Schema(document: document, sample: { .string("file\($0)") }) { input, decoding in
            switch input {
            case .files(let files) where files.count == 1: return files[0]
            case .files: decoding.mistake(.notAllowed, "must be one file", input)
            // Only the round trip at start reads a file from JSON, where it is but its name.
            case .json(let cursor):
                if let name = cursor.string { return Upload(fileName: name, mediaType: "", content: UploadedBytes([])) }
                decoding.mistake(.type, "must be a file", input)
            default: decoding.mistake(.type, "must be a file", input)
            }
            return nil
        } write: {
            $1.value($0.fileName)
        }
    }
}

extension FieldDocument {
    /// What files the field takes, and how many; nil when it takes none.
    public var files: (rule: FileRule, most: Int)? {
        guard place == .form else { return nil }
        if let rule = schema.file { return (rule, 1) }
        guard let rule = schema.element.first?.file else { return nil }
        if case .integer(let most)? = schema.keywords["maxItems"] { return (rule, Int(most)) }
        return (rule, 1)
    }
}

extension JSONSchema {
    /// Whether a value is a file or holds one.
    var takesFiles: Bool {
        file != nil || (properties.map(\.schema) + element + alternatives).contains(where: \.takesFiles)
    }
}
