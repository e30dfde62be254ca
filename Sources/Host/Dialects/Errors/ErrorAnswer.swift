import PluginAPI

/// An error as it goes to the client.
struct ErrorAnswer: Sendable, Equatable {
    /// The HTTP status.
    let status: Int
    /// The value of `Content-Type`.
    let contentType: String
    /// JSON.
    let body: [UInt8]
    /// Seconds, the value of `Retry-After`.
    let retryAfter: Int?

    /// For a host name that no tenant has: the same bytes whoever asks and whenever, so that they tell nothing.
    static let tenantNotFound = ErrorAnswer(
        status: 404, contentType: MediaType.problem,
        body: Array(
            (#"{"type":"/errors/TENANT_NOT_FOUND","title":"Tenant not found","status":404,"#
                + #""detail":"There is no portal at this address.","code":"TENANT_NOT_FOUND","errors":[]}"#).utf8),
        retryAfter: nil)
}
