import PluginAPI

extension Dialect {
    /// What a success looks like around the schema of its data.
    func schema(ofValue data: JSON) -> JSON {
        switch self {
        case .envelope:
            Self.object([
                ("success", ["const": true]), ("data", data), ("meta", Self.reference("Meta")),
            ])
        case .status: Self.object([("status", ["const": "success"]), ("data", data)])
        case .clinic, .bare, .problem: data
        }
    }

    /// The same with metadata beside the data, in the one dialect that has a place for it.
    func schema(ofValue data: JSON, metadata: JSON) -> JSON {
        guard self == .status else { return schema(ofValue: data) }
        return Self.object([("status", ["const": "success"]), ("data", data), ("metadata", metadata)])
    }

    /// What a page of a list looks like around the schema of an item.
    func schema(ofPage item: JSON) -> JSON {
        let list: JSON = ["type": "array", "items": item]
        switch self {
        case .envelope:
            return Self.object([
                ("success", ["const": true]), ("data", list), ("meta", Self.reference("Meta")),
                ("pagination", Self.reference("Pagination")),
            ])
        case .status:
            let page = Self.object([("items", list), ("pagination", Self.reference("StatusPagination"))])
            return Self.object([("status", ["const": "success"]), ("data", page)])
        case .clinic, .problem: return Self.object([("data", list), ("pagination", Self.reference("Pagination"))])
        case .bare: return list
        }
    }

    /// The name of the schema of its errors.
    var errorName: String {
        switch self {
        case .envelope: "EnvelopeError"
        case .clinic: "ClinicError"
        case .bare: "BareError"
        case .status: "StatusError"
        case .problem: "ProblemDetails"
        }
    }

    /// What its errors look like.
    var errorSchema: JSON {
        let text: JSON = ["type": "string"]
        let time: JSON = ["type": "string", "format": "date-time"]
        let details: JSON = [
            "description": "What is wrong with the input, or an object whose members depend on the code",
            "oneOf": [["type": "array", "items": Self.reference("FieldMistake")], ["type": "object"]],
        ]
        switch self {
        case .envelope:
            let error = Self.object([
                ("code", text), ("message", text), ("details", details), ("requestId", text), ("timestamp", time),
            ])
            return Self.object([("success", ["const": false]), ("error", error)])
        case .clinic:
            let error = Self.object([
                ("code", text), ("message", text), ("details", details), ("timestamp", time), ("requestId", text),
                ("correlationId", text),
            ])
            return Self.object([("error", error)])
        case .bare:
            let lists: JSON = [
                "type": "object", "description": "Lists under the names of fields",
                "additionalProperties": ["type": "array"],
            ]
            return Self.object([("error", Self.object([("code", text), ("message", text), ("details", lists)]))])
        case .status:
            return Self.object(
                [
                    ("status", ["const": "error"]), ("code", text), ("message", text),
                    (
                        "details",
                        [
                            "type": "object",
                            "properties": ["errors": ["type": "array", "items": Self.reference("FieldMistake")]],
                        ]
                    ),
                ], optional: ["details"])
        case .problem:
            return Self.object([
                ("type", ["type": "string", "format": "uri-reference"]), ("title", text),
                ("status", ["type": "integer"]), ("detail", text), ("code", text),
                ("errors", ["type": "array", "items": Self.reference("FieldMistake")]), ("requestId", text),
            ])
        }
    }

    /// `{"$ref": …}` to one of the shared schemas.
    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    /// An object with these members, in order.
    static func object(_ properties: [(String, JSON)], optional: [String] = []) -> JSON {
        var members = JSON.Members()
        for (name, schema) in properties { members[name] = schema }
        let required = properties.map(\.0).filter { !optional.contains($0) }
        return [
            "type": "object", "properties": .object(members), "required": .array(required.map { .string($0) }),
        ]
    }
}
