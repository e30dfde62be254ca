import PluginAPI

extension SampleInput {
    /// A form with every field that must be there.
    static func form(of route: RouteDeclaration) -> [FormPart] {
        route.fields.filter { $0.place == .form && $0.isRequired }.map { part(of: $0) }
    }

    /// Forms that are wrong in one way each, with words for it.
    static func wrongForms(of route: RouteDeclaration) -> [(parts: [FormPart], what: String)] {
        let good = form(of: route)
        var wrong: [([FormPart], String)] = []
        if route.body.keywords["additionalProperties"] == false {
            wrong.append((good + [.field("unknownField", "1")], "an unknown field"))
            wrong.append((good + [.file("unknownFile", "x.txt", [1])], "an unknown file"))
        }
        for field in route.fields where field.place == .form {
            let others = good.filter { $0.name != field.name }
            if field.isRequired { wrong.append((others, "a form without \(field.name)")) }
            if field.files != nil {
                wrong.append((others + [.field(field.name, "text")], "a text as \(field.name)"))
            } else {
                wrong.append((others + [.file(field.name, "x.txt", [1])], "a file as \(field.name)"))
                if let text = wrongText(for: field.schema) {
                    wrong.append((others + [.field(field.name, text)], "\(field.name)=\(text)"))
                }
            }
        }
        return wrong
    }

    private static func part(of field: FieldDocument) -> FormPart {
        if let (rule, _) = field.files {
            return .file(field.name, "sample.bin", [0x78], type: rule.types.first ?? "application/octet-stream")
        }
        switch value(of: field.schema) {
        case .string(let text): return .field(field.name, text)
        case let value: return .field(field.name, value.text)
        }
    }
}
