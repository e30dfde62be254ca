extension ErrorCode {
    static let internalServerError = ErrorCode(
        "INTERNAL_SERVER_ERROR", 500, "Something failed on the server; the request id finds it in the operator's log.",
        message: "Something went wrong on our side.")

    /// Every code of the host (seed 000 §9.2, and what the wire contract adds), by status.
    static let all: [ErrorCode] = [
        ErrorCode("VALIDATION_ERROR", 400, "A value is wrong; each entry of the details names a field and says why."),
        ErrorCode("MISSING_REQUIRED_FIELD", 400, "A field that must be sent is missing or empty."),
        ErrorCode("INVALID_DATA_FORMAT", 400, "The body is not what its media type says, or is not UTF-8."),
        ErrorCode("AUTH_TOKEN_MISSING", 401, "The request needs a signed-in caller and brings no credential."),
        ErrorCode("AUTH_TOKEN_INVALID", 401, "The credential or code is wrong, revoked or meant for something else."),
        ErrorCode("AUTH_TOKEN_EXPIRED", 401, "The access token has expired; refresh it and ask again."),
        ErrorCode("INSUFFICIENT_PERMISSIONS", 403, "The caller may not do this."),
        ErrorCode("TENANT_READ_ONLY", 403, "The portal can be read but not changed at present."),
        ErrorCode("RESOURCE_NOT_FOUND", 404, "There is nothing here that the caller may know of."),
        ErrorCode("TENANT_NOT_FOUND", 404, "There is no portal at this address."),
        ErrorCode("METHOD_NOT_ALLOWED", 405, "The path has other methods; Allow lists them."),
        ErrorCode("NOT_ACCEPTABLE", 406, "The answer does not exist in any form that Accept names."),
        ErrorCode("REQUEST_TIMEOUT", 408, "The request did not arrive in time."),
        ErrorCode("DUPLICATE_ENTRY", 409, "Something with the same identity exists already."),
        ErrorCode("RESOURCE_CONFLICT", 409, "The object is in a state that does not allow this."),
        ErrorCode("RESOURCE_GONE", 410, "The object existed and is gone for good."),
        ErrorCode(
            "PRECONDITION_FAILED", 412, "What If-Match, If-None-Match or If-Unmodified-Since asks for is not so.",
            message: "It has changed since you last read it."),
        ErrorCode("PAYLOAD_TOO_LARGE", 413, "The body is longer than this path accepts."),
        ErrorCode("STORAGE_QUOTA_EXCEEDED", 413, "The portal, or the person, has no room for the file."),
        ErrorCode("URI_TOO_LONG", 414, "The path and query are longer than the server accepts."),
        ErrorCode("UNSUPPORTED_MEDIA_TYPE", 415, "The body's media type, or a file's real type, is not accepted here."),
        ErrorCode(
            "RANGE_NOT_SATISFIABLE", 416, "There is nothing in the range asked for; Content-Range has the length."),
        ErrorCode("EXPECTATION_FAILED", 417, "Expect names something other than 100-continue."),
        ErrorCode("MISDIRECTED_REQUEST", 421, "The connection was made for another host; open one for this host."),
        ErrorCode("IDEMPOTENCY_KEY_REUSED", 422, "The Idempotency-Key was used before with another body."),
        ErrorCode("ACCOUNT_LOCKED", 423, "Too many failed attempts; Retry-After says when to try again."),
        ErrorCode("UPGRADE_REQUIRED", 426, "The path speaks another protocol; Upgrade names it."),
        ErrorCode("RATE_LIMIT_EXCEEDED", 429, "Too many requests; Retry-After says when the next one is let through."),
        ErrorCode("QUOTA_EXCEEDED", 429, "An allowance over a longer time is used up."),
        ErrorCode("REQUEST_HEADER_FIELDS_TOO_LARGE", 431, "The header fields are longer than the server accepts."),
        internalServerError,
        ErrorCode(
            "NOT_IMPLEMENTED", 501, "The method or the transfer coding is none that this server knows.",
            message: "This is not understood here."),
        ErrorCode(
            "BAD_GATEWAY", 502, "A service that the answer depends on gave an unusable answer.",
            message: "A service we depend on failed."),
        ErrorCode(
            "SERVICE_UNAVAILABLE", 503, "The server or a part of it is busy; Retry-After says when to try again.",
            message: "The service is busy. Please try again shortly."),
        ErrorCode(
            "TENANT_SUSPENDED", 503, "The portal is closed at present.", message: "This portal is closed at present."),
        ErrorCode(
            "GATEWAY_TIMEOUT", 504, "A service that the answer depends on did not answer in time.",
            message: "A service we depend on did not answer in time."),
        ErrorCode(
            "HTTP_VERSION_NOT_SUPPORTED", 505, "The request is in a version of HTTP other than 1.1 and 1.0.",
            message: "Only HTTP/1.1 and HTTP/1.0 are spoken here."),
    ]

    /// The codes that stand beside a field in a `VALIDATION_ERROR`, but those already above.
    static let fields: [ErrorCode] = [
        ErrorCode("INVALID_TYPE", 400, "The value is of another kind: a text where a number belongs."),
        ErrorCode("OUT_OF_RANGE", 400, "The number or date lies outside what is allowed."),
        ErrorCode("TOO_LONG", 400, "The text or list is longer than allowed."),
        ErrorCode("NOT_ALLOWED", 400, "The value is none of those allowed."),
        ErrorCode("UNKNOWN_FIELD", 400, "No field of this name is known here."),
        ErrorCode(
            "INVALID_VALUE", 400, "The value is not well formed; for a field it reads INVALID_ and the field's name."),
    ]
}
