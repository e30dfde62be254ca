import PluginAPI

extension Dialect {
    /// RFC 9457 §3.1, with `code`, `errors` and `requestId`, and the problem's own members beside them (§3.2).
    static func writeProblemDetails(_ problem: Problem, _ facts: RequestFacts, into writer: inout JSONWriter) {
        let code = problem.code.uppercased()
        writer.beginObject()
        writer.member("type", "\(facts.origin)/errors/\(code)")
        writer.member("title", ErrorCode.title(of: code))
        writer.key("status")
        writer.value(problem.status)
        writer.member("detail", problem.message)
        writer.member("code", code)
        writer.key("errors")
        writer.mistakes(problem.mistakes)
        writer.member("requestId", facts.requestID)
        let taken = ["type", "title", "status", "detail", "instance", "code", "errors", "requestId"]
        for (name, value) in problem.furtherMembers(besides: taken) { writer.member(name, value) }
        writer.endObject()
    }
}
