import PluginAPI

/// Input for a route, right and wrong, made from what the route declares.
enum SampleInput {
    /// The path with something in the place of each parameter, and every query field that must be there.
    static func path(of route: RouteDeclaration) -> String {
        path(of: route, query: query(of: route, replacing: "", with: ""))
    }

    static func path(of route: RouteDeclaration, query: String) -> String {
        filled(route) { text(of: $0) } + query
    }

    /// The path with a value of one's own for a parameter.
    static func path(of route: RouteDeclaration, replacing name: String, with value: String) -> String {
        filled(route) { $0.name == name ? value : text(of: $0) } + query(of: route, replacing: "", with: "")
    }

    /// A query with every field that must be there, and one of them, or another one, wrong.
    static func query(of route: RouteDeclaration, replacing name: String, with value: String) -> String {
        let parts = route.fields.filter { $0.place == .query }.compactMap { field -> String? in
            if field.name == name { return "\(field.name)=\(value)" }
            return field.isRequired ? "\(field.name)=\(text(of: field))" : nil
        }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    /// A body with every field that must be there; nil when the route takes none.
    static func body(of route: RouteDeclaration) -> JSON? {
        // Not `nil`: in the place of a JSON that would be null.
        route.hasBody ? .some(value(of: route.body)) : .none
    }

    /// Bodies that are wrong in one way each, with words for it.
    static func wrongBodies(of route: RouteDeclaration) -> [(body: JSON, what: String)] {
        guard let good = value(of: route.body).members else { return [] }
        var wrong: [(JSON, String)] = []
        if route.body.element.isEmpty {
            var body = good
            body["unknownField"] = 1
            wrong.append((.object(body), "an unknown field"))
        }
        for name in route.body.required {
            var body = good
            body[name] = nil
            wrong.append((.object(body), "a body without \(name)"))
        }
        for (name, schema) in route.body.properties {
            for value in wrongValues(for: schema) {
                var body = good
                body[name] = value
                wrong.append((.object(body), "\(name) = \(value.text)"))
            }
        }
        return wrong
    }

    /// A text that no value of the schema is written as; nil when every text is right.
    static func wrongText(for schema: JSONSchema) -> String? {
        let types = types(of: schema)
        if !types.isDisjoint(with: ["integer", "number", "boolean"]), !types.contains("string") { return "x" }
        return schema.keywords["enum"] == nil ? nil : "no-such-word"
    }

    /// The text as one segment of a path (RFC 3986 §3.3).
    static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 128, character.isLetter || character.isNumber || "-._~".contains(character) {
                out.append(character)
            } else {
                out += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return out
    }

    private static func filled(_ route: RouteDeclaration, _ value: (FieldDocument) -> String) -> String {
        route.path.split(separator: "/").reduce(into: "") { path, segment in
            let name = segment.hasPrefix("{") ? String(segment.dropFirst().dropLast()) : nil
            let field = route.fields.first { $0.place == .path && $0.name == name }
            path += "/" + (field.map(value) ?? String(segment))
        }
    }

    private static func text(of field: FieldDocument) -> String {
        switch value(of: field.schema) {
        case .string(let text): escaped(text)
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        default: "1"
        }
    }
}
