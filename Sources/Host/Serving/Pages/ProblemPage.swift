import HTTPServer
import PluginAPI

/// A refusal as a page, for people who asked for a page.
enum ProblemPage {
    /// - Parameter requestID: finds the line in the log; people quote it to the support.
    static func answer(to problem: Problem, requestID: String, _ tenant: Tenant) -> Response {
        let problem = problem.withoutInternals
        let title = ErrorCode.title(of: problem.code)
        let mistakes = problem.mistakes.map { mistake -> HTML in
            "<li><strong>\(mistake.field)</strong> \(mistake.message)</li>\n"
        }
        let list: HTML = mistakes.isEmpty ? "" : "<ul>\n\(mistakes)</ul>"
        let main: HTML = """
            <h1>\(title)</h1>
            <p>\(problem.message)</p>
            \(list)
            <p>\(problem.status) <a href="\(link: "/errors/\(problem.code)")"><code>\(problem.code)</code></a>, \
            request <code>\(requestID)</code></p>
            <p><a href="/">\(tenant.name)</a></p>
            """
        var response = Response(page: Shell.page(title, main, tenant), status: problem.status)
        response.headers.add("cache-control: no-store")
        if let seconds = problem.retryAfter { response.headers.add("retry-after", seconds) }
        if problem.status == 401 { response.headers.add("www-authenticate: Bearer") }
        return response
    }
}
