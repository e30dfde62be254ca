import PluginAPI

extension Dialect {
    /// The answer to a request that was refused or failed.
    ///
    /// - Parameter asProblemDetails: whether the client prefers RFC 9457 problem details; see ``Accept/prefersProblem``.
    func answer(to problem: Problem, _ facts: RequestFacts, asProblemDetails: Bool = false) -> ErrorAnswer {
        let problem = problem.withoutInternals
        var writer = JSONWriter()
        var contentType = MediaType.json
        switch asProblemDetails ? .problem : self {
        case .envelope: Self.writeEnvelope(problem, facts, into: &writer)
        case .clinic: Self.writeClinic(problem, facts, into: &writer)
        case .bare: Self.writeBare(problem, into: &writer)
        case .status: Self.writeStatus(problem, into: &writer)
        case .problem:
            contentType = MediaType.problem
            Self.writeProblemDetails(problem, facts, into: &writer)
        }
        return ErrorAnswer(
            status: problem.status, contentType: contentType, body: writer.bytes, retryAfter: problem.retryAfter)
    }

    /// Seed 000 §9.1.
    private static func writeEnvelope(_ problem: Problem, _ facts: RequestFacts, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("success")
        writer.value(false)
        writer.key("error")
        writer.beginObject()
        writer.member("code", problem.code)
        writer.member("message", problem.message)
        writeDetails(problem, into: &writer)
        writer.member("requestId", facts.requestID)
        writer.key("timestamp")
        writer.value(facts.now)
        writer.endObject()
        writer.endObject()
    }

    /// Seed 002 §4.1.
    private static func writeClinic(_ problem: Problem, _ facts: RequestFacts, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.member("code", problem.code)
        writer.member("message", problem.message)
        writeDetails(problem, into: &writer)
        writer.key("timestamp")
        writer.value(facts.now)
        writer.member("requestId", facts.requestID)
        writer.member("correlationId", facts.correlationID ?? facts.requestID)
        writer.endObject()
        writer.endObject()
    }

    /// Seed 004: `details` is an object and left out when there is nothing to say; mistakes stand in it as `errors`.
    private static func writeStatus(_ problem: Problem, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("status", "error")
        writer.member("code", problem.code)
        writer.member("message", problem.message)
        let more = problem.furtherMembers(besides: problem.mistakes.isEmpty ? [] : ["errors"])
        if !problem.mistakes.isEmpty || !more.isEmpty {
            writer.key("details")
            writer.beginObject()
            if !problem.mistakes.isEmpty {
                writer.key("errors")
                writer.mistakes(problem.mistakes)
            }
            for (name, value) in more { writer.member(name, value) }
            writer.endObject()
        }
        writer.endObject()
    }

    /// `details` of the envelope and clinic dialects: the list of mistakes when there are any (it says more than the object,
    /// which then finds no room), else the object, else an empty list.
    private static func writeDetails(_ problem: Problem, into writer: inout JSONWriter) {
        writer.key("details")
        if problem.mistakes.isEmpty, let details = problem.details {
            writer.value(details)
        } else {
            writer.mistakes(problem.mistakes)
        }
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: String) {
        key(name)
        self.value(value)
    }

    mutating func member(_ name: String, _ value: JSON) {
        key(name)
        self.value(value)
    }

    /// `[{field, message, code}]`
    mutating func mistakes(_ mistakes: [Mistake]) {
        beginArray()
        for mistake in mistakes {
            beginObject()
            member("field", mistake.field)
            member("message", mistake.message)
            member("code", mistake.code)
            endObject()
        }
        endArray()
    }
}
