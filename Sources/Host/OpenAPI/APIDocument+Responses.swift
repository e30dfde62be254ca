import PluginAPI

extension APIDocument {
    /// The responses object of an operation: success first, then the errors by status.
    func responses(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> JSON {
        var responses = JSON.Members()
        responses["\(operation.status)"] = success(operation, of: plugin)
        if case .valueOrAccepted(_, let schema) = operation.answer {
            let used = schema.referred { names.reference(to: $0, in: plugin.id) }
            responses["202"] = [
                "description": "Begun; it takes longer.", "headers": .object(SharedComponents.limitHeaders),
                "content": [MediaType.json: ["schema": plugin.dialect.schema(ofValue: used)]],
            ]
        }
        if operation.hasEntityTag { responses["304"] = ["$ref": "#/components/responses/NotModified"] }
        let common = operation.commonErrors
        for status in Set(common + operation.problems.map(\.status)).sorted() {
            let own = operation.problems.filter { $0.status == status }
            if own.isEmpty {
                responses["\(status)"] = SharedComponents.reference(toError: status, plugin.dialect)
            } else {
                let shared = common.contains(status) ? SharedComponents.exampleProblems(status) : []
                responses["\(status)"] = SharedComponents.error(status, plugin.dialect, own + shared)
            }
        }
        responses["default"] = SharedComponents.reference(toError: nil, plugin.dialect)
        return .object(responses)
    }

    private func success(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> JSON {
        var headers = SharedComponents.limitHeaders
        var response: JSON.Members = ["description": .string(operation.successWords)]
        func used(_ schema: JSONSchema) -> JSON { schema.referred { names.reference(to: $0, in: plugin.id) } }
        if operation.hasEntityTag { headers["ETag"] = SharedComponents.headerReference("ETag") }
        if case .page = operation.answer, plugin.dialect == .bare {
            headers["Link"] = SharedComponents.headerReference("Link")
        }
        response["headers"] = .object(headers)
        switch operation.answer {
        case .value(let schema), .valueOrAccepted(let schema, _):
            response["content"] = [MediaType.json: ["schema": plugin.dialect.schema(ofValue: used(schema))]]
        case .annotated(let schema, let metadata):
            response["content"] = [
                MediaType.json: ["schema": plugin.dialect.schema(ofValue: used(schema), metadata: used(metadata))]
            ]
        case .page(let item):
            response["content"] = [MediaType.json: ["schema": plugin.dialect.schema(ofPage: used(item))]]
        case .empty, .seeOther: break
        case .content(let types):
            var content = JSON.Members()
            for type in types.isEmpty ? ["*/*"] : types { content[type] = [:] }
            response["content"] = .object(content)
        }
        return .object(response)
    }
}

extension DocumentedOperation {
    /// What the success is, in a few words.
    var successWords: String {
        switch answer {
        case .empty: status == 202 ? "Accepted." : "Done; there is nothing to say."
        case .page: "One page of the list."
        case .seeOther: "Done; go on to the page in Location."
        case .content: "The file."
        case .value, .valueOrAccepted, .annotated: status == 201 ? "Created." : "The answer."
        }
    }
}
