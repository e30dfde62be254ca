/// The response's fields that speak of limits (contract §4).
enum LimitField: String, Sendable, CaseIterable {
    case limit = "X-RateLimit-Limit"
    case remaining = "X-RateLimit-Remaining"
    /// Seconds since 1970.
    case reset = "X-RateLimit-Reset"
    case tier = "X-RateLimit-Tier"
    case policy = "RateLimit-Policy"
    case state = "RateLimit"
    case retryAfter = "Retry-After"
    case limitRetryAfter = "X-RateLimit-Retry-After"
}
