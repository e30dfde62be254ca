import HTTPServer
import PluginAPI
import Testing
import Time

@testable import Host

private let invalid = Problem.invalid([
    Mistake([.name("callDetails"), .name("notes")], .missing, "is required"),
    Mistake([.name("rows"), .index(3), .name("email")], .format, "must be an e-mail address"),
])
private let list =
    #"[{"field":"callDetails.notes","message":"is required","code":"MISSING_REQUIRED_FIELD"},"#
    + #"{"field":"rows[3].email","message":"must be an e-mail address","code":"INVALID_EMAIL"}]"#
private let taken = Problem(
    409, "TIME_SLOT_CONFLICT", "Taken.", details: ["alternatives": ["09:00"], "title": "x", "count": 1])

@Suite struct `An error` {
    @Test func `of validation names every field in every dialect`() {
        #expect(
            error(.envelope, invalid)
                == #"{"success":false,"error":{"code":"VALIDATION_ERROR","message":"Invalid request data","details":"#
                + list + #","requestId":"req_1","timestamp":"2025-08-28T10:30:00Z"}}"#)
        #expect(
            error(.clinic, invalid)
                == #"{"error":{"code":"VALIDATION_ERROR","message":"Invalid request data","details":"#
                + list + #","timestamp":"2025-08-28T10:30:00Z","requestId":"req_1","correlationId":"req_1"}}"#)
        #expect(
            error(.bare, invalid)
                == #"{"error":{"code":"invalid_request","message":"Invalid request data","details":"#
                + #"{"callDetails.notes":["is required"],"rows[3].email":["must be an e-mail address"]}}}"#)
        #expect(
            error(.status, invalid)
                == #"{"status":"error","code":"VALIDATION_ERROR","message":"Invalid request data","details":{"errors":"#
                + list + "}}")
        #expect(
            error(.problem, invalid)
                == #"{"type":"http://lumen.localhost/errors/VALIDATION_ERROR","title":"Validation error","status":400,"#
                + #""detail":"Invalid request data","code":"VALIDATION_ERROR","errors":"# + list
                + #","requestId":"req_1"}"#)
    }

    @Test func `without details has the empty ones of its dialect`() {
        #expect(
            error(.envelope, .notFound)
                == #"{"success":false,"error":{"code":"RESOURCE_NOT_FOUND","message":"There is nothing here.","details":[],"#
                + #""requestId":"req_1","timestamp":"2025-08-28T10:30:00Z"}}"#)
        let correlated = RequestFacts(requestID: "req_1", correlationID: "corr_9", now: seedTime)
        #expect(
            error(.clinic, .notFound, correlated)
                == #"{"error":{"code":"RESOURCE_NOT_FOUND","message":"There is nothing here.","details":[],"#
                + #""timestamp":"2025-08-28T10:30:00Z","requestId":"req_1","correlationId":"corr_9"}}"#)
        #expect(
            error(.bare, .notFound)
                == #"{"error":{"code":"resource_not_found","message":"There is nothing here.","details":{}}}"#)
        #expect(
            error(.status, .notFound)
                == #"{"status":"error","code":"RESOURCE_NOT_FOUND","message":"There is nothing here."}"#)
    }

    @Test func `carries its own details where the dialect has room`() {
        #expect(error(.envelope, taken).contains(#""details":{"alternatives":["09:00"],"title":"x","count":1}"#))
        #expect(error(.clinic, taken).contains(#""details":{"alternatives":["09:00"],"title":"x","count":1}"#))
        #expect(error(.status, taken).contains(#""details":{"alternatives":["09:00"],"title":"x","count":1}"#))
        #expect(error(.bare, taken).contains(#""details":{"alternatives":["09:00"],"title":["x"],"count":[1]}"#))
        #expect(error(.problem, taken).hasSuffix(#""requestId":"req_1","alternatives":["09:00"],"count":1}"#))
        #expect(error(.problem, taken).contains(#""title":"Time slot conflict""#))
    }

    @Test func `keeps mistakes and details together`() {
        var both = invalid
        both.details = ["errors": "no", "hint": ["h"]]
        #expect(error(.envelope, both) == error(.envelope, invalid))
        #expect(error(.status, both).hasSuffix(list + #","hint":["h"]}}"#))
        #expect(error(.bare, both).hasSuffix(#""errors":["no"],"hint":["h"]}}}"#))
    }

    @Test func `about the whole input stands under a name of its own in the bare dialect`() {
        let whole = Problem.invalid([Mistake([], .type, "must be an object"), Mistake([], .type, "really")])
        #expect(error(.bare, whole).contains(#""details":{"non_field_errors":["must be an object","really"]}"#))
    }

    @Test func `of every 400 is invalid_request in the bare dialect`() {
        #expect(
            error(.bare, .format("No JSON.")).hasPrefix(#"{"error":{"code":"invalid_request","message":"No JSON.""#))
        #expect(error(.problem, .format("No JSON.")).contains(#""code":"INVALID_DATA_FORMAT""#))
    }

    @Test func `of a limit has the object of the seed`() {
        let limited = Problem.rateLimited(limit: 100, resets: Instant(seconds: 1_756_135_800), retryAfter: 3600)
        #expect(
            error(.envelope, limited)
                == #"{"success":false,"error":{"code":"RATE_LIMIT_EXCEEDED","message":"Too many requests. Please try again later.","#
                + #""details":{"limit":100,"remaining":0,"resetTime":"2025-08-25T15:30:00Z","retryAfter":3600},"#
                + #""requestId":"req_1","timestamp":"2025-08-28T10:30:00Z"}}"#)
        #expect(Dialect.envelope.answer(to: limited, facts).retryAfter == 3600)
        #expect(Dialect.envelope.answer(to: limited, facts).status == 429)
    }

    @Test(arguments: Dialect.allCases, [500, 503, 504, 507])
    func `of the server tells nothing from within`(_ dialect: Dialect, _ status: Int) {
        let secret = Problem(
            status, "SQLITE_CORRUPT", "disk I/O error in /var/lib/portico",
            mistakes: [Mistake(field: "secret", .type, "secret")], details: ["secret": "secret"], retryAfter: 7)
        let text = error(dialect, secret)
        #expect(!text.contains("secret") && !text.lowercased().contains("sqlite") && !text.contains("/var"))
        #expect(dialect.answer(to: secret, facts).status == status)
        #expect(dialect.answer(to: secret, facts).retryAfter == 7)
    }

    @Test func `of the server keeps a known code`() {
        #expect(
            error(.envelope, .unavailable).contains(#""code":"SERVICE_UNAVAILABLE","message":"The service is busy."#))
        #expect(
            error(.bare, .fault).contains(
                #""code":"internal_server_error","message":"Something went wrong on our side.""#))
        #expect(error(.status, Problem(507, "X", "x")).contains("INTERNAL_SERVER_ERROR"))
    }

    @Test(arguments: Dialect.allCases)
    func `becomes problem details for clients that prefer them`(_ dialect: Dialect) {
        let answer = dialect.answer(to: .notFound, facts, asProblemDetails: true)
        #expect(answer == Dialect.problem.answer(to: .notFound, facts))
        #expect(answer.contentType == "application/problem+json")
        let own = dialect == .problem ? "application/problem+json" : "application/json"
        #expect(dialect.answer(to: .notFound, facts).contentType == own)
    }

    @Test func `for an unknown host is the same whoever asks`() {
        let answer = ErrorAnswer.tenantNotFound
        let tree = (try? JSONDocument(answer.body))?.root.tree
        #expect(answer.status == 404 && answer.contentType == "application/problem+json")
        #expect(tree?["code"] == "TENANT_NOT_FOUND" && tree?["status"] == 404)
        #expect(tree?["requestId"] == nil && tree?["timestamp"] == nil && tree?["instance"] == nil)
    }
}

@Suite struct `The table of codes` {
    @Test func `is as promised`() {
        #expect(
            ErrorCode.all.map { "\($0.status) \($0.code)" } == [
                "400 VALIDATION_ERROR", "400 MISSING_REQUIRED_FIELD", "400 INVALID_DATA_FORMAT",
                "401 AUTH_TOKEN_MISSING", "401 AUTH_TOKEN_INVALID", "401 AUTH_TOKEN_EXPIRED",
                "403 INSUFFICIENT_PERMISSIONS", "403 TENANT_READ_ONLY", "404 RESOURCE_NOT_FOUND",
                "404 TENANT_NOT_FOUND", "405 METHOD_NOT_ALLOWED", "406 NOT_ACCEPTABLE", "408 REQUEST_TIMEOUT",
                "409 DUPLICATE_ENTRY", "409 RESOURCE_CONFLICT", "410 RESOURCE_GONE", "412 PRECONDITION_FAILED",
                "413 PAYLOAD_TOO_LARGE", "413 STORAGE_QUOTA_EXCEEDED",
                "414 URI_TOO_LONG", "415 UNSUPPORTED_MEDIA_TYPE", "416 RANGE_NOT_SATISFIABLE",
                "417 EXPECTATION_FAILED", "421 MISDIRECTED_REQUEST", "422 IDEMPOTENCY_KEY_REUSED", "423 ACCOUNT_LOCKED",
                "426 UPGRADE_REQUIRED", "429 RATE_LIMIT_EXCEEDED", "429 QUOTA_EXCEEDED",
                "431 REQUEST_HEADER_FIELDS_TOO_LARGE", "500 INTERNAL_SERVER_ERROR", "501 NOT_IMPLEMENTED",
                "502 BAD_GATEWAY", "503 SERVICE_UNAVAILABLE", "503 TENANT_SUSPENDED", "504 GATEWAY_TIMEOUT",
                "505 HTTP_VERSION_NOT_SUPPORTED",
            ])
        #expect(
            ErrorCode.fields.map(\.code) == [
                "INVALID_TYPE", "OUT_OF_RANGE", "TOO_LONG", "NOT_ALLOWED", "UNKNOWN_FIELD", "INVALID_VALUE",
            ])
        #expect(
            (ErrorCode.all + ErrorCode.fields).allSatisfy { $0.meaning.hasSuffix(".") && $0.message.hasSuffix(".") })
    }

    @Test func `knows every problem that plugins have ready`() {
        let ready: [Problem] = [
            .signInRequired, .tokenInvalid, .tokenExpired, .forbidden, .notFound, .unavailable, .fault, .duplicate(""),
            .conflict("RESOURCE_CONFLICT", ""), .invalid([]), .format(""), .notAcceptable,
            .rateLimited(limit: 1, resets: seedTime, retryAfter: 1),
        ]
        for problem in ready { #expect(ErrorCode.find(problem.code)?.status == problem.status, "\(problem.code)") }
    }

    @Test(arguments: HTTPFault.allCases)
    func `knows what is said to requests that are no HTTP`(_ fault: HTTPFault) {
        let problem = HTTPProblem.of(fault)
        #expect(problem.status == fault.status && ErrorCode.find(problem.code)?.status == fault.status)
    }

    @Test func `has a page for each code and none for others`() throws {
        let page = try #require(ErrorPage.html("rate_limit_exceeded"))
        #expect(page.text.contains("<h1>Rate limit exceeded</h1>") && page.text.contains("<dd>429</dd>"))
        #expect(try #require(ErrorPage.html("INVALID_EMAIL")).text.contains("not well formed"))
        #expect(try #require(ErrorPage.html("TIME_SLOT_CONFLICT", plugins: [taken])).text.contains("Taken."))
        #expect(ErrorPage.html("TIME_SLOT_CONFLICT") == nil)
        #expect(ErrorPage.html("INVALID_<b>") == nil)
        #expect(ErrorPage.list(plugins: [taken, taken]).text.split(separator: "/errors/TIME_SLOT_CONFLICT").count == 2)
    }
}
