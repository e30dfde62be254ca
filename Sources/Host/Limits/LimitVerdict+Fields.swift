import HTTPServer

extension HeaderFields {
    /// Adds the fields that tell a client about its limits (contract §4):
    ///
    /// - `X-RateLimit-Limit`, `-Remaining`, `-Reset` (seconds since 1970), and `X-RateLimit-Tier` where there is a tier;
    /// - `RateLimit-Policy: "person-hour";q=100;w=3600, …` and `RateLimit: "person-hour";r=85;t=1200`
    ///   (draft-ietf-httpapi-ratelimit-headers-10);
    /// - of a refusal also `X-RateLimit-Retry-After`, in seconds. `Retry-After` comes with the refusal itself.
    mutating func add(_ verdict: borrowing LimitVerdict) {
        let remaining = Int64(verdict.remaining)
        let numbers: InlineArray<4, Int64> = [
            remaining, verdict.resetSeconds, remaining, Int64(verdict.resetAfterSeconds),
        ]
        add(verdict.policy.texts[verdict.window].fields, numbers: numbers.span)
        if let tier = verdict.tier { add("x-ratelimit-tier", tier) }
        if let seconds = verdict.retryAfterSeconds { add("x-ratelimit-retry-after", seconds) }
    }
}
