/// A JSON Schema (2020-12) as OpenAPI 3.1 uses it.
public struct JSONSchema: Sendable, Equatable {
    /// The keywords.
    public var keywords: JSON.Members
    /// The name under which an object type is listed once and referred to elsewhere.
    public var name: String?
    /// The schemas of an object's members, in order.
    public var properties: [(name: String, schema: JSONSchema)] = []
    /// The names of the members that must be there.
    public var required: [String] = []
    /// What an array's elements, or an open object's further members, are.
    public var element: [JSONSchema] = []
    /// What is taken, when the value is a file of a form.
    public var file: FileRule?

    public init(_ keywords: JSON.Members, name: String? = nil) {
        self.keywords = keywords
        self.name = name
    }

    /// An array of the given elements.
    public static func array(of element: JSONSchema, _ more: JSON.Members = [:]) -> JSONSchema {
        var schema = JSONSchema(["type": "array"])
        for (name, value) in more.list { schema.keywords[name] = value }
        schema.element = [element]
        return schema
    }

    /// The same schema that also allows null.
    public var orNull: JSONSchema {
        if name != nil || !properties.isEmpty {
            var schema = JSONSchema([:])
            schema.alternatives = [self, JSONSchema(["type": "null"])]
            return schema
        }
        var schema = self
        if case .string(let type)? = keywords["type"] { schema.keywords["type"] = [.string(type), "null"] }
        if case .array(let allowed)? = keywords["enum"] { schema.keywords["enum"] = .array(allowed + [.null]) }
        return schema
    }

    /// `oneOf`: exactly one of these.
    public var alternatives: [JSONSchema] = []

    public static func == (left: JSONSchema, right: JSONSchema) -> Bool {
        left.tree { _ in nil } == right.tree { _ in nil }
    }

    /// The schema as JSON. Named schemas are replaced by what `reference` returns for them, if it returns something.
    public func tree(_ reference: (JSONSchema) -> JSON?) -> JSON {
        var members = keywords
        if !properties.isEmpty {
            var object = JSON.Members()
            for (name, schema) in properties { object[name] = schema.referred(reference) }
            members["properties"] = .object(object)
        }
        if !required.isEmpty { members["required"] = .array(required.map { .string($0) }) }
        if let element = element.first {
            members[keywords["type"] == "array" ? "items" : "additionalProperties"] = element.referred(reference)
        }
        if !alternatives.isEmpty { members["oneOf"] = .array(alternatives.map { $0.referred(reference) }) }
        return .object(members)
    }

    /// This schema where it is used: a reference when it is named and listed, else itself.
    public func referred(_ reference: (JSONSchema) -> JSON?) -> JSON {
        if name != nil, let reference = reference(self) { return reference }
        return tree(reference)
    }
}
