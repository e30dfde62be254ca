import PluginAPI
import Time

@testable import Host

/// 2025-08-28T10:30:00Z, as in seed 000 §1.1.
let seedTime = Instant(seconds: 1_756_377_000)

let facts = RequestFacts(requestID: "req_1", now: seedTime, origin: "http://lumen.localhost")

/// A success as text, with what its ranges cover.
func success(_ dialect: Dialect, _ json: String, _ shape: AnswerShape, declaredPage: Bool) -> (
    text: String, data: String, pagination: String?
) {
    var writer = JSONWriter()
    let written = dialect.writeSuccess(isPage: declaredPage, facts, into: &writer) { writer in
        if !json.isEmpty { writer.value(encoded: Array(json.utf8)) }
        return shape
    }
    func text(_ range: Range<Int>) -> String { String(decoding: writer.bytes[range], as: UTF8.self) }
    return (
        String(decoding: writer.bytes, as: UTF8.self), text(written.data), written.pagination.map { text($0) }
    )
}

func error(
    _ dialect: Dialect, _ problem: Problem, _ facts: RequestFacts = facts, asProblemDetails: Bool = false
) -> String {
    String(decoding: dialect.answer(to: problem, facts, asProblemDetails: asProblemDetails).body, as: UTF8.self)
}
