import PluginAPI

/// Whether a value is what a schema says, by the keywords that schemas here are made of.
enum SchemaCheck {
    /// - Returns: where the value differs first and how, e.g. `/items/3/price is no integer`; nil when it does not.
    static func difference(_ value: JSON, from schema: JSONSchema, at place: String = "") -> String? {
        if !schema.alternatives.isEmpty {
            let differences = schema.alternatives.map { difference(value, from: $0, at: place) }
            return differences.contains { $0 == nil } ? nil : differences.last ?? nil
        }
        let types = SampleInput.types(of: schema)
        if !types.isEmpty, types.isDisjoint(with: Self.types(of: value)) {
            return "\(place) is no \(types.sorted().joined(separator: " or "))"
        }
        if case .array(let allowed)? = schema.keywords["enum"], !allowed.contains(value) {
            return "\(place) is none of \(JSON.array(allowed).text)"
        }
        switch value {
        case .object(let members): return difference(members, from: schema, at: place)
        case .array(let elements):
            guard let element = schema.element.first else { return nil }
            for (index, each) in elements.enumerated() {
                if let found = difference(each, from: element, at: "\(place)/\(index)") { return found }
            }
            return nil
        case .integer(let number):
            let isWithin =
                number >= schema.keywords["minimum"]?.integer ?? .min
                && number <= schema.keywords["maximum"]?.integer ?? .max
            return isWithin ? nil : "\(place) is out of range"
        case .string(let text):
            let length = Int64(text.unicodeScalars.count)
            let isWithin =
                length >= schema.keywords["minLength"]?.integer ?? 0
                && length <= schema.keywords["maxLength"]?.integer ?? .max
            return isWithin ? nil : "\(place) is too short or too long"
        default: return nil
        }
    }

    private static func difference(_ members: JSON.Members, from schema: JSONSchema, at place: String) -> String? {
        for name in schema.required where members[name] == nil { return "\(place)/\(name) is missing" }
        for (name, value) in members.list {
            if let property = schema.properties.first(where: { $0.name == name }) {
                if let found = difference(value, from: property.schema, at: "\(place)/\(name)") { return found }
            } else if let element = schema.element.first {
                if let found = difference(value, from: element, at: "\(place)/\(name)") { return found }
            } else if schema.keywords["additionalProperties"] == false {
                return "\(place)/\(name) is not documented"
            }
        }
        return nil
    }

    /// The JSON types that a value is of.
    private static func types(of value: JSON) -> Set<String> {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .integer: ["integer", "number"]
        case .number(let number): number == number.rounded() ? ["integer", "number"] : ["number"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        }
    }
}
