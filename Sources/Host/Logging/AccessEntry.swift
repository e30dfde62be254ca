import Time

/// An answered request as the log tells it: the route's template, never the path or query with what people typed in them.
struct AccessEntry: Sendable, Equatable {
    /// When it was answered.
    let time: Instant
    /// `GET`
    let method: String
    /// `/api/customer/appointments/{id}`; nil when no route was found.
    let route: String?
    let status: Int
    /// From the first byte of the request to the last of the answer, in microseconds.
    let duration: Int
    /// How many bytes the answer's body has.
    let bytes: Int
    /// The tenant's slug.
    let tenant: String?
    let requestID: String
    /// `X-Correlation-Id`, as the client sent it.
    var correlationID: String?
}
