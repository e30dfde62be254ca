import PluginAPI

extension Dialect {
    /// Seed 003: every 400 is `invalid_request`, and `details` holds lists under the names of fields, whatever they are about.
    static func writeBare(_ problem: Problem, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.member("code", problem.status == 400 ? "invalid_request" : problem.code.lowercased())
        writer.member("message", problem.message)
        writer.key("details")
        writer.value(bareDetails(problem))
        writer.endObject()
        writer.endObject()
    }

    private static func bareDetails(_ problem: Problem) -> JSON {
        var details = JSON.Members()
        for mistake in problem.mistakes {
            // A mistake about the whole input has no field; this is the name that clients of such APIs expect it under.
            let field = mistake.field.isEmpty ? "non_field_errors" : mistake.field
            var messages: [JSON] = []
            if case .array(let before)? = details[field] { messages = before }
            details[field] = .array(messages + [.string(mistake.message)])
        }
        for (name, value) in problem.furtherMembers(besides: details.list.map(\.name)) {
            if case .array = value { details[name] = value } else { details[name] = [value] }
        }
        return .object(details)
    }
}
