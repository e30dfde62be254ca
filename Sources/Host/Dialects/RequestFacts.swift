import Time

/// What of a request its answer repeats, whatever the dialect.
///
/// This folder is the one place where a success, an error or a list becomes bytes:
/// `Dialect.beginSuccess` and `endSuccess` around the data, `Dialect.answer(to:_:asProblemDetails:)` for errors.
struct RequestFacts: Sendable {
    /// Finds the call in the log.
    let requestID: String
    /// As the client sent it; the request's own id stands in where there is none.
    let correlationID: String?
    /// The moment of the call.
    let now: Instant
    /// `http://lumen.localhost:8080`, without a slash behind; empty makes references relative to the host.
    let origin: String

    init(requestID: String, correlationID: String? = nil, now: Instant, origin: String = "") {
        self.requestID = requestID
        self.correlationID = correlationID
        self.now = now
        self.origin = origin
    }
}
