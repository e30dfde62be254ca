import PluginAPI
import Time

extension SharedComponents {
    /// The statuses that operations share, with the names of their responses and their words.
    private static let shared: [(status: Int, name: String, words: String)] = [
        (400, "BadRequest", "The input is wrong; every mistake is named."),
        (401, "Unauthorized", "Nobody is signed in, or the credential is no longer good."),
        (403, "Forbidden", "The caller may not do this."),
        (404, "NotFound", "There is nothing here that the caller may know of."),
        (409, "Conflict", "The state of things does not allow this, or the same request is still running."),
        (413, "PayloadTooLarge", "The body is too long."),
        (415, "UnsupportedMediaType", "The body is of a type that is not accepted here."),
        (422, "UnprocessableContent", "The Idempotency-Key was used before with another body."),
        (429, "TooManyRequests", "Too many requests."),
        (500, "InternalServerError", "Something failed; the request id finds it in the log."),
        (503, "ServiceUnavailable", "Busy; try again after Retry-After."),
    ]

    /// `{"$ref": …}` to an error of a dialect; nil for any error.
    static func reference(toError status: Int?, _ dialect: Dialect) -> JSON {
        let name = status.flatMap { status in shared.first { $0.status == status }?.name } ?? "Error"
        return ["$ref": .string("#/components/responses/\(componentName(name, dialect))")]
    }

    /// Every response that operations in these dialects refer to.
    static func responses(_ dialects: [Dialect]) -> JSON {
        var responses: JSON.Members = [
            "NotModified": [
                "description": "Nothing has changed since the answer with that ETag.",
                "headers": ["ETag": headerReference("ETag")],
            ]
        ]
        for dialect in dialects {
            for (status, name, _) in shared {
                responses[componentName(name, dialect)] = error(status, dialect, exampleProblems(status))
            }
            responses[componentName("Error", dialect)] = error(nil, dialect, [])
        }
        return .object(responses)
    }

    /// A response object for an error, with an example for each problem, written by the dialect itself.
    static func error(_ status: Int?, _ dialect: Dialect, _ problems: [Problem]) -> JSON {
        let words = shared.first { $0.status == status }?.words ?? problems.first?.message ?? "Any other error."
        var content = JSON.Members()
        if dialect != .problem { content[MediaType.json] = mediaType(dialect, problems) }
        content[MediaType.problem] = mediaType(.problem, problems)
        return [
            "description": .string(words), "headers": .object(errorHeaders(status)), "content": .object(content),
        ]
    }

    private static func mediaType(_ dialect: Dialect, _ problems: [Problem]) -> JSON {
        var media: JSON.Members = ["schema": Dialect.reference(dialect.errorName)]
        var examples = JSON.Members()
        for problem in problems where examples[problem.code] == nil {
            let answer = dialect.answer(to: problem, exampleFacts)
            guard let value = (try? JSONDocument(answer.body))?.root.tree else { continue }
            examples[problem.code] = ["summary": .string(problem.message), "value": value]
        }
        if !examples.list.isEmpty { media["examples"] = .object(examples) }
        return .object(media)
    }

    private static func componentName(_ name: String, _ dialect: Dialect) -> String {
        DocumentedPlugin.pascalCase(dialect.rawValue) + name
    }

    private static let exampleTime = Instant(seconds: 1_756_377_000)
    private static let exampleFacts = RequestFacts(requestID: "req_123456", now: exampleTime)

    /// What an operation answers with a status that comes of what it is.
    static func exampleProblems(_ status: Int) -> [Problem] {
        switch status {
        case 400:
            [
                .invalid("email", .format, "must be an e-mail address"), .format("The body is not JSON."),
            ]
        case 401: [.signInRequired, .tokenInvalid, .tokenExpired]
        case 403: [.forbidden]
        case 404: [.notFound]
        case 409: [.conflict("RESOURCE_CONFLICT", "A request with this Idempotency-Key is still running.")]
        case 429: [.rateLimited(limit: 100, resets: exampleTime + .seconds(3600), retryAfter: 3600)]
        default:
            ErrorCode.all.filter { $0.status == status }.prefix(1).map { Problem($0.status, $0.code, $0.message) }
        }
    }
}
