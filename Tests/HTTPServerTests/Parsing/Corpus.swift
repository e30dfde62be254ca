import Testing

@testable import HTTPServer

/// One way to write requests, right or wrong, with the rule it is about.
struct CorpusCase: CustomTestStringConvertible, Sendable {
    /// The section of the RFC that decides.
    var rule: String
    var input: String
    /// As `Trace.description`.
    var expected: String
    var testDescription: String { "\(rule): \(input.prefix(60).debugDescription)" }

    init(_ rule: String, _ input: String, _ expected: String) {
        self.rule = rule
        self.input = input
        self.expected = expected
    }

    /// A request line, with a Host after it.
    static func line(_ rule: String, _ line: String, _ expected: String) -> CorpusCase {
        head(rule, line, "", expected)
    }

    /// A request line and fields, with a Host between them.
    static func head(_ rule: String, _ line: String, _ fields: String, _ expected: String) -> CorpusCase {
        CorpusCase(rule, "\(line)\r\nHost: a\r\n\(fields)\r\n", expected)
    }

    /// A chunked POST with that body.
    static func chunked(_ rule: String, _ body: String, _ expected: String) -> CorpusCase {
        CorpusCase(rule, "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)", expected)
    }
}
