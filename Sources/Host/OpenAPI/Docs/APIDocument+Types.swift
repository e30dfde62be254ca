import PluginAPI

extension APIDocument {
    /// A type where it is used: a link when it is named, else its words.
    func typeText(_ schema: JSONSchema, in plugin: String) -> HTML {
        guard let name = names.name(of: schema, in: plugin) else { return valueText(schema, in: plugin) }
        return "<a href=\"\(link: "#schema-\(name)")\">\(name)</a>"
    }

    /// What values of a type are, in words.
    func valueText(_ schema: JSONSchema, in plugin: String) -> HTML {
        if !schema.alternatives.isEmpty {
            return joined(schema.alternatives.map { typeText($0, in: plugin) }, by: " or ")
        }
        if case .array(let words)? = schema.keywords["enum"] {
            return joined(words.map { "<code>\($0.string ?? $0.text)</code>" }, by: ", ")
        }
        let (type, isNullable) = typeWord(schema)
        let orNull: HTML = isNullable ? " or null" : ""
        if let element = schema.element.first {
            return type == "array"
                ? "list of \(typeText(element, in: plugin))\(orNull)"
                : "object of \(typeText(element, in: plugin))\(orNull)"
        }
        let words = [plainWord(type, schema), limits(of: schema)].filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(words)\(orNull)"
    }

    private func typeWord(_ schema: JSONSchema) -> (type: String, isNullable: Bool) {
        switch schema.keywords["type"] {
        case .string(let type)?: (type, false)
        case .array(let types)?:
            (types.first { $0 != "null" }?.string ?? "null", types.contains("null"))
        default: ("", false)
        }
    }

    private func plainWord(_ type: String, _ schema: JSONSchema) -> String {
        switch type {
        case "string": schema.file != nil ? "file" : schema.keywords["format"]?.string ?? "text"
        case "integer": "whole number"
        case "number": "number"
        case "boolean": "true or false"
        case "object": "object"
        case "array": "list"
        case "null": "null"
        default: "anything"
        }
    }

    private func limits(of schema: JSONSchema) -> String {
        let keywords = schema.keywords
        func range(_ low: String, _ high: String, _ unit: String) -> String? {
            switch (keywords[low], keywords[high]) {
            case (let low?, let high?): "\(low.text) to \(high.text)\(unit)"
            case (let low?, nil): "at least \(low.text)\(unit)"
            case (nil, let high?): "at most \(high.text)\(unit)"
            case (nil, nil): nil
            }
        }
        let parts = [
            range("minLength", "maxLength", " characters"), range("minimum", "maximum", ""),
            keywords["pattern"]?.string.map { "matching \($0)" }, keywords["default"].map { "default \($0.text)" },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    private func joined(_ parts: [HTML], by separator: String) -> HTML {
        var out: HTML = ""
        for (index, part) in parts.enumerated() { out = index == 0 ? part : "\(out)\(separator)\(part)" }
        return out
    }
}
