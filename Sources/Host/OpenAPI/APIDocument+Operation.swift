import PluginAPI

extension APIDocument {
    /// One operation object (OpenAPI §4.8.10).
    ///
    /// - Parameter template: the path it stands under, whose parameters may have other names than its own.
    func operation(_ operation: DocumentedOperation, of plugin: DocumentedPlugin, under template: String) -> JSON {
        var members: JSON.Members = ["operationId": .string(operation.id), "tags": [.string(plugin.id)]]
        if !operation.summary.isEmpty { members["summary"] = .string(operation.summary) }
        members["description"] = .string(operation.conditions.joined(separator: " "))
        let parameters = parameters(operation, of: plugin, under: template)
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        if let deprecation = operation.deprecation, deprecation.field == nil { members["deprecated"] = true }
        members["requestBody"] = requestBody(operation, of: plugin)
        members["responses"] = responses(operation, of: plugin)
        members["security"] = operation.access.needsSignIn ? [["BearerAuth": []]] : []
        if let permission = operation.access.permission { members["x-permission"] = .string(permission.name) }
        if !operation.limits.isEmpty { members["x-rate-limits"] = .array(operation.limits.map(\.tree)) }
        return .object(members)
    }

    private func parameters(
        _ operation: DocumentedOperation, of plugin: DocumentedPlugin, under template: String
    ) -> [JSON] {
        let names = Dictionary(
            zip(
                DocumentedOperation.parameterNames(in: operation.path), DocumentedOperation.parameterNames(in: template)
            ),
            uniquingKeysWith: { first, _ in first })
        // OpenAPI §4.8.12 gives these three meanings of their own and ignores them here.
        let reserved = ["accept", "content-type", "authorization"]
        var parameters = operation.parameters.compactMap { field -> JSON? in
            if field.place == .header, reserved.contains(field.name.lowercased()) { return nil }
            var parameter: JSON.Members = [
                "name": .string(field.place == .path ? names[field.name] ?? field.name : field.name),
                "in": .string(field.place.rawValue),
            ]
            if !field.note.isEmpty { parameter["description"] = .string(field.note) }
            if field.isRequired || field.place == .path { parameter["required"] = true }
            parameter["schema"] = field.schema.referred { self.names.reference(to: $0, in: plugin.id) }
            return .object(parameter)
        }
        if operation.isIdempotent { parameters.append(["$ref": "#/components/parameters/IdempotencyKey"]) }
        if operation.hasEntityTag { parameters.append(["$ref": "#/components/parameters/IfNoneMatch"]) }
        return parameters
    }

    private func requestBody(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> JSON? {
        switch operation.body {
        case nil: return nil
        case .bytes:
            return ["description": "Taken as it comes.", "required": true, "content": ["*/*": [:]]]
        case .form(let schema, let fileTypes):
            var media: JSON.Members = ["schema": schema.referred { names.reference(to: $0, in: plugin.id) }]
            if !fileTypes.isEmpty {
                var encoding = JSON.Members()
                for (field, types) in fileTypes {
                    encoding[field] = ["contentType": .string(types.joined(separator: ", "))]
                }
                media["encoding"] = .object(encoding)
            }
            return [
                "required": .bool(!schema.required.isEmpty), "content": ["multipart/form-data": .object(media)],
            ]
        case .json(let schema):
            let reference = schema.referred { names.reference(to: $0, in: plugin.id) }
            return [
                "required": .bool(!schema.required.isEmpty), "content": [MediaType.json: ["schema": reference]],
            ]
        }
    }
}

extension DocumentedOperation {
    /// Whether its answers can be asked for again with `If-None-Match`.
    var hasEntityTag: Bool {
        guard method == .get else { return false }
        switch answer {
        case .value, .valueOrAccepted, .annotated, .page: return true
        case .empty, .content, .seeOther: return false
        }
    }

    /// Who may use it, how often, and what else one must know, each a sentence.
    var conditions: [String] {
        var sentences: [String] = []
        switch access {
        case .anyone(let reason): sentences.append("For anyone, signed in or not, because \(reason).")
        case .member: sentences.append("For anyone signed in.")
        case .permission(let permission):
            sentences.append(
                checksObject
                    ? "Takes the permission \(permission.name) for the object; without it the object does not exist."
                    : "Takes the permission \(permission.name).")
        }
        sentences += limits.map { "At most \($0.sentence)." }
        if isTiered { sentences.append("Customers are limited by their plan, not per person: X-RateLimit-Tier.") }
        if let deprecation { sentences.append(deprecation.sentence) }
        if let notIdempotentBecause { sentences.append("Takes no Idempotency-Key: \(notIdempotentBecause).") }
        return sentences
    }
}
