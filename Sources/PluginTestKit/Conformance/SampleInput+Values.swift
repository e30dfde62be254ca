import PluginAPI

extension SampleInput {
    /// A value that a schema allows, as far as its keywords tell.
    static func value(of schema: JSONSchema) -> JSON {
        if let alternative = schema.alternatives.first { return value(of: alternative) }
        if case .array(let examples)? = schema.keywords["examples"], let first = examples.first { return first }
        if case .array(let allowed)? = schema.keywords["enum"], let first = allowed.first { return first }
        let types = types(of: schema)
        if types.contains("object") || !schema.properties.isEmpty {
            var members = JSON.Members()
            for (name, property) in schema.properties where schema.required.contains(name) {
                members[name] = value(of: property)
            }
            return .object(members)
        }
        if types.contains("array") {
            let least = schema.keywords["minItems"]?.integer ?? 0
            return .array(schema.element.first.map { [JSON](repeating: value(of: $0), count: Int(least)) } ?? [])
        }
        if types.contains("integer") || types.contains("number") { return schema.keywords["minimum"] ?? 1 }
        if types.contains("boolean") { return true }
        return .string(text(of: schema))
    }

    /// Values that a schema does not allow, one of each type that it is not.
    static func wrongValues(for schema: JSONSchema) -> [JSON] {
        let types = types(of: schema)
        // Without a type everything is allowed.
        guard !types.isEmpty else { return [] }
        var wrong: [JSON] = []
        if types.isDisjoint(with: ["integer", "number"]) { wrong.append(7) }
        if !types.contains("object") { wrong.append(["a": 1]) }
        if !types.contains("array") { wrong.append([[]]) }
        if !types.contains("boolean") { wrong.append(true) }
        if !types.contains("string") { wrong.append("text") }
        if types.contains("string"), let most = schema.keywords["maxLength"]?.integer, most < 100_000 {
            wrong.append(.string(String(repeating: "x", count: Int(most) + 1)))
        }
        if let most = schema.keywords["maximum"]?.integer, most < .max { wrong.append(.integer(most + 1)) }
        return wrong
    }

    /// The JSON types that a schema allows.
    static func types(of schema: JSONSchema) -> Set<String> {
        if !schema.alternatives.isEmpty {
            return schema.alternatives.reduce(into: []) { $0.formUnion(types(of: $1)) }
        }
        if !schema.properties.isEmpty { return ["object"] }
        switch schema.keywords["type"] {
        case .string(let type): return [type]
        case .array(let types): return Set(types.compactMap(\.string))
        default: return []
        }
    }

    private static func text(of schema: JSONSchema) -> String {
        switch schema.keywords["format"]?.string {
        case "date-time": return "2027-03-09T08:00:00Z"
        case "date": return "2027-03-09"
        case "time": return "09:00:00"
        case "email": return "sample@test.example"
        case "phone": return "+15550100000"
        case "bcp47": return "en"
        default: break
        }
        return String(repeating: "x", count: Int(max(1, schema.keywords["minLength"]?.integer ?? 1)))
    }
}
