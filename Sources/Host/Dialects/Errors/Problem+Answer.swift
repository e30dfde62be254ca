import PluginAPI
import Time

extension Problem {
    /// 429 with the object of seed 000 §10.3.
    ///
    /// - Parameter retryAfter: seconds until a request would be let through.
    static func rateLimited(limit: Int, resets: Instant, retryAfter: Int) -> Problem {
        Problem(
            429, "RATE_LIMIT_EXCEEDED", "Too many requests. Please try again later.",
            details: [
                "limit": .integer(Int64(limit)), "remaining": 0, "resetTime": .string(resets.description),
                "retryAfter": .integer(Int64(retryAfter)),
            ], retryAfter: retryAfter)
    }

    /// 406 when nothing the client accepts can be given.
    static let notAcceptable = Problem(406, "NOT_ACCEPTABLE", "This is not available in a form that you accept.")

    /// The same problem, as clients may see it: of a 5xx only the status, a known code, and the sentence that belongs to it.
    var withoutInternals: Problem {
        guard status >= 500 else { return self }
        let known = ErrorCode.all.first { $0.code == code && $0.status == status }
        let shown = known ?? ErrorCode.all.first { $0.status == status } ?? .internalServerError
        return Problem(status, shown.code, shown.message, retryAfter: retryAfter)
    }

    /// The members of `details`, or `details` itself when it is no object, without those whose names are taken.
    func furtherMembers(besides taken: [String]) -> [(name: String, value: JSON)] {
        guard let details else { return [] }
        guard let members = details.members else { return taken.contains("details") ? [] : [("details", details)] }
        return members.list.filter { !taken.contains($0.name) }
    }
}
