import PluginAPI

extension Inspection {
    /// Whether a success is what its route declares: the status, the dialect around the data, the data.
    func difference(of answer: Answer, to route: RouteDeclaration) -> String? {
        if answer.status == 202, case .valueOrAccepted(_, let schema) = route.answer {
            guard let data = data(of: answer) else { return "answers outside its dialect" }
            return SchemaCheck.difference(data, from: schema).map { "accepts what it does not document: \($0)" }
        }
        guard answer.status == route.status || answer.status == 204 || answer.status == 304 else {
            return "answers \(answer.status), where it declares \(route.status)"
        }
        guard answer.status == route.status, !answer.bytes.isEmpty else { return nil }
        switch route.answer {
        case .value(let schema), .valueOrAccepted(let schema, _):
            guard let data = data(of: answer) else { return "answers outside its dialect" }
            return SchemaCheck.difference(data, from: schema).map { "answers what it does not document: \($0)" }
        case .annotated(let schema, let metadata):
            guard let data = data(of: answer), let beside = answer.body["metadata"] else {
                return "answers outside its dialect"
            }
            let found = SchemaCheck.difference(data, from: schema) ?? SchemaCheck.difference(beside, from: metadata)
            return found.map { "answers what it does not document: \($0)" }
        case .page(let item):
            guard let items = items(of: answer) else { return "answers a list outside its dialect" }
            return SchemaCheck.difference(.array(items), from: .array(of: item)).map {
                "lists what it does not document: \($0)"
            }
        case .empty, .seeOther: return "answers with a body, where it declares none"
        case .content: return nil
        }
    }

    private func data(of answer: Answer) -> JSON? {
        switch plugin.dialect {
        case .envelope: answer.body["success"] == true ? answer.body["data"] : nil
        case .status: answer.body["status"] == "success" ? answer.body["data"] : nil
        case .clinic, .bare, .problem: answer.body
        }
    }

    private func items(of answer: Answer) -> [JSON]? {
        let list: JSON?
        switch plugin.dialect {
        case .envelope:
            list = answer.body["pagination"] == nil ? nil : data(of: answer)
        case .status: list = data(of: answer)?["items"]
        case .clinic, .problem: list = answer.body["pagination"] == nil ? nil : answer.body["data"]
        case .bare: list = answer.body
        }
        guard case .array(let items)? = list else { return nil }
        return items
    }
}
